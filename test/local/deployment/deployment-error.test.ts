import { deploymentError } from '../../../local/deployment/deployment-error';

test('what cdk says of the resources, without what goes before and after', () => {
  const output = [
    'Chat |  9/9 | UPDATE_FAILED | Custom::It | It (It01) no luck',
    '‣ DeploymentError: Resource updates failed:',
    'Chat/It  (Custom::It It01)',
    '  no luck, and ',
    '  no more to say',
    '',
    '   Logs from /aws/it:',
  ].join('\n');

  expect(deploymentError(output)).toEqual([
    'DeploymentError: Resource updates failed:',
    'Chat/It  (Custom::It It01)',
    '  no luck, and',
    '  no more to say',
  ]);
});

test('also when it is the last that cdk says', () => {
  expect(deploymentError('‣ DeploymentError: no luck')).toEqual(['DeploymentError: no luck']);
});

test('another failure is shown as it is', () => {
  expect(() => deploymentError('no such command')).toThrow(
    'cdk says nothing of a deployment that failed; its output is\nno such command',
  );
});
