export function fault(
  from: { layer: string; feature?: string | undefined } | undefined,
  to: { layer: string; feature?: string | undefined } | undefined,
): string | undefined;
export function faultOfTesting(from: string, to: string): string | undefined;
