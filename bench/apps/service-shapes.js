/** Properties as the service's API takes them. */
exports.processorsOf = processors => processors.map(({ name, functionArn }, index) => ({
  Name: name,
  ExecutionOrder: index + 1,
  FallbackAction: 'ABORT',
  Configuration: { Lambda: { ResourceArn: functionArn, InvocationType: 'ASYNC' } },
}));

exports.tagsOf = tags => tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
