/** Which edition of the deployment policy somebody agreed to, and when by `clock.now()`, milliseconds. */
export interface PolicyAgreed {
  readonly version: number;
  readonly at: number;
}

/** The edition that is agreed to by starting: its clauses are behind `Policy`, beside the button. */
const BY_STARTING = 1;

/** Whether the clauses are read and agreed to before the next promotion begins: there is a newer edition than was agreed to. */
export function mustReadPolicy(agreed: PolicyAgreed | undefined, version: number): boolean {
  return version > (agreed?.version ?? BY_STARTING);
}

/** What is agreed to from now on; the same where nothing newer is. */
export function agreedTo(agreed: PolicyAgreed | undefined, { version, at }: PolicyAgreed): PolicyAgreed {
  return agreed !== undefined && agreed.version >= version ? agreed : { version, at };
}
