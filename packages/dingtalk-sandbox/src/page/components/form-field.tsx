import { ChoiceField } from './choice-field.tsx';
import type { FieldProps } from './field-props.ts';
import { TextField } from './text-field.tsx';
import { TextListField } from './text-list-field.tsx';
import { TickField } from './tick-field.tsx';

/** One field in the control of its DingTalk type (dingtalk 4.4), with its complaint below. */
export function FormField(props: FieldProps) {
  const { id, field, problem } = props;
  return (
    <div class={problem ? 'field field-wrong' : 'field'} data-field={field.name}>
      <FieldControl {...props} />
      {problem && (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

function FieldControl(props: FieldProps) {
  switch (props.field.type) {
    case 'CHECKBOX':
    case 'SWITCH':
      return <TickField {...props} />;
    case 'TEXT_ARRAY':
      return <TextListField {...props} />;
    case 'MULTI_SELECT':
    case 'CHECKBOX_GROUP':
    case 'MULTI_CHECKBOX_GROUP':
      return <ChoiceField {...props} />;
    default:
      return <TextField {...props} />;
  }
}
