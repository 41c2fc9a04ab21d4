export async function answer({ StackId, RequestId, LogicalResourceId, ResponseURL }, outcome) {
  await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ StackId, RequestId, LogicalResourceId, ...outcome }) });
}
