import { Invoke } from './invocations';
import { lambdaApi } from './lambda-api';
import { LocalProcessors } from './local-processors';

/** Invokes a function where it is: among the local processors, or else in Lambda, if there is one. */
export function invoker(local: LocalProcessors, lambdaEndpoint: () => string | undefined): Invoke {
  return async (functionArn, event, crashed) => {
    const endpoint = lambdaEndpoint();
    const invoke = local.find(functionArn) ?? (endpoint === undefined ? nowhere : lambdaApi(endpoint));
    await invoke(functionArn, event, crashed);
  };
}

const nowhere: Invoke = async functionArn => {
  throw new Error(`Function not found: ${functionArn} (give its code by processors or --processor, or Lambda's address `
    + 'by lambdaEndpoint or --lambda-endpoint)');
};
