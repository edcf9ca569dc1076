export async function applyVerdict(): Promise<void> {}
