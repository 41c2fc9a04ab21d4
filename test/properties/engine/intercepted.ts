/** The client, with something between it and who sends: told each command, it sends it on or answers itself. */
export function intercepted<Client extends { send: Function }>(
  client: Client, between: (command: { readonly input: object }, send: () => Promise<unknown>) => Promise<unknown>,
): Client {
  return Object.create(client, {
    send: {
      value: (command: { input: object }, ...more: unknown[]) => between(command, () => client.send(command, ...more)),
    },
  });
}
