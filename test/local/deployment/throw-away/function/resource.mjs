// A custom resource that answers the way CloudFormation documents it. Its physical id is its name: a new name means a
// replacement. It tells what it was asked and what its environment holds to whoever listens at CHIME's address.
import { answer } from './answer.mjs';

export const handler = async (event) => {
  await fetch(process.env.AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING, {
    method: 'POST',
    body: JSON.stringify({
      requestType: event.RequestType,
      physicalId: event.PhysicalResourceId,
      properties: withoutServiceToken(event.ResourceProperties),
      oldProperties: event.OldResourceProperties && withoutServiceToken(event.OldResourceProperties),
      allowsHttp: process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE,
      session: process.env.AWS_SESSION_TOKEN,
    }),
  });
  const { Name, FailOn } = event.ResourceProperties;
  await answer(event, {
    Status: event.RequestType === FailOn ? 'FAILED' : 'SUCCESS',
    Reason: 'told to fail',
    PhysicalResourceId: event.RequestType === 'Delete' ? event.PhysicalResourceId : Name,
    Data: { Greeting: `hello ${Name}` },
  });
};

function withoutServiceToken({ ServiceToken, ...properties }) {
  return properties;
}
