import type { ComponentChildren } from 'preact';

function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export function BackIcon() {
  return (
    <Icon>
      <path d="m15 5-7 7 7 7" />
    </Icon>
  );
}

export function TodoIcon() {
  return (
    <Icon>
      <rect x="4.500" y="4.500" width="15" height="15" rx="3" />
      <path d="m8.500 12 2.500 2.500 4.500-5" />
    </Icon>
  );
}

export function PictureIcon() {
  return (
    <Icon>
      <rect x="3.500" y="4.500" width="17" height="15" rx="2.500" />
      <circle cx="8.500" cy="9.500" r="1.500" />
      <path d="m4.500 17.500 5-5 3.500 3.500 2.500-2.500 4 4" />
    </Icon>
  );
}

export function CameraIcon() {
  return (
    <Icon>
      <path d="M4 8.500a2 2 0 0 1 2-2h2l1.500-2h5l1.500 2h2a2 2 0 0 1 2 2v8.500a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z" />
      <circle cx="12" cy="12.500" r="3.500" />
    </Icon>
  );
}

export function SendIcon() {
  return (
    <Icon>
      <path d="M12 19V5.500M5.500 12 12 5.500l6.500 6.500" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="m6 6 12 12M18 6 6 18" />
    </Icon>
  );
}

export function MoreIcon() {
  return (
    <Icon>
      <path d="M5.500 12h.01M12 12h.01M18.500 12h.01" />
    </Icon>
  );
}

export function StorefrontIcon() {
  return (
    <Icon>
      <path d="M4 10.500V20h16v-9.500M3 9l2-5h14l2 5a2.250 2.250 0 0 1-4.500 0 2.250 2.250 0 0 1-4.500 0 2.250 2.250 0 0 1-4.500 0A2.250 2.250 0 0 1 3 9zM13.500 20v-5.500H17V20" />
    </Icon>
  );
}

export function CounterIcon() {
  return (
    <Icon>
      <path d="M3 13.500h18M4.500 13.500V20h15v-6.500M8 13.500V9h5v4.500M16 13.500V6.500h2.500v3H16" />
    </Icon>
  );
}

export function ReceiptIcon() {
  return (
    <Icon>
      <path d="M6 3.500h12V20.500l-3-2-3 2-3-2-3 2zM9.500 8.500h5M9.500 12h5" />
    </Icon>
  );
}

export function CodeIcon() {
  return (
    <Icon>
      <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500H14zM17.500 17.500H20V20h-2.500zM19.900 14h.1M14 19.900h.1" />
    </Icon>
  );
}
