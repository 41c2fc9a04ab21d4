const HEAD = 'DeploymentError: ';

/**
 * What cdk says of the resources that made a deployment fail, as it says it; it goes on about logs after an empty line.
 */
export function deploymentError(output: string): string[] {
  const lines = output.split('\n');
  const first = lines.findIndex(line => line.includes(HEAD));
  if (first < 0) throw new Error(`cdk says nothing of a deployment that failed; its output is\n${output}`);
  const end = lines.findIndex((line, index) => index > first && line.trim() === '');
  const text = lines.slice(first, end < 0 ? undefined : end);
  return [text[0].slice(text[0].indexOf(HEAD)), ...text.slice(1)].map(line => line.trimEnd());
}
