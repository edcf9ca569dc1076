/** A connection of MongoDB's driver, as far as `closed-connections.ts` needs it; the driver keeps its type to itself. */
declare module 'mongodb/lib/cmap/connection.js' {
  export interface DriverConnection {
    readonly id: number | '<monitor>';
    readonly address: string;
    readonly socket: import('node:net').Socket;
    writeCommand(command: unknown, options: unknown): Promise<void>;
  }
  export const Connection: { readonly prototype: DriverConnection };
}
