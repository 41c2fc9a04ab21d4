import { Behaviour, DEFAULT_BEHAVIOUR, startEmulator, SWITCHES } from '../../../local/emulator';

test('every switch has a default', () => {
  expect(Object.keys(DEFAULT_BEHAVIOUR).sort()).toEqual([...SWITCHES].sort());
});

test.each<[string, unknown, string]>([
  [
    'an unknown switch', { asociateSameFlow: 'conflict' },
    'unknown switch "asociateSameFlow": the emulator knows associateOverExisting, associateSameFlow, ',
  ],
  [
    'an unknown value', { missingFlow: 'gone' },
    'switch missingFlow must be one of "not-found", "forbidden", got "gone"',
  ],
  ['a negative delay', { latencyMs: -1 }, 'switch latencyMs must be a number of milliseconds, 0 to 600000, got -1'],
  ['a delay as a string', { latencyMs: '1' }, 'switch latencyMs must be'],
  [
    'no boolean', { deletedChannelBlocksFlow: 'yes' },
    'switch deletedChannelBlocksFlow must be one of true, false, got "yes"',
  ],
  [
    'another duration', { deletedChannelListingMs: 'long' },
    'switch deletedChannelListingMs must be "forever" or a number',
  ],
  [
    'a delay of days', { latencyMs: 600_001 },
    'switch latencyMs must be a number of milliseconds, 0 to 600000, got 600001',
  ],
  [
    'an endless delay', { deleteConsistencyMs: Infinity },
    'switch deleteConsistencyMs must be a number of milliseconds, 0 to 86400000',
  ],
  [
    'no number', { adminPromotionDelayMs: NaN },
    'switch adminPromotionDelayMs must be a number of milliseconds, 0 to 86400000',
  ],
  [
    'a lag beyond memory', { listConsistencyMs: 600_001 },
    'switch listConsistencyMs must be a number of milliseconds, 0 to 600000',
  ],
  [
    'a long lingering', { deletedChannelListingMs: 1e9 },
    'switch deletedChannelListingMs must be "forever" or a number of milliseconds, 0 to 86400000',
  ],
  [
    'a million deliveries', { processorDeliveries: 1e6 },
    'switch processorDeliveries must be a whole number, 1 to 100, got 1000000',
  ],
  ['an endless rate', { requestRate: { '*': { perSecond: Infinity, burst: 1 } } }, 'switch requestRate must map'],
  ['a burst of a billion', { requestRate: { '*': { perSecond: 1, burst: 1e9 } } }, 'switch requestRate must map'],
  [
    'a fault of a billion calls', { faults: [{ operation: '*', error: 'Conflict', times: 1e9 }] },
    'switch faults must be a list of at most 1000',
  ],
  [
    'ten thousand faults', { faults: Array(10_000).fill({ operation: '*', error: 'Conflict' }) },
    'switch faults must be a list of at most 1000',
  ],
  [
    'half a delivery', { processorDeliveries: 1.5 },
    'switch processorDeliveries must be a whole number, 1 to 100, got 1.5',
  ],
  ['an unknown refusal', { repeatedCallback: 'not-found' },
    'switch repeatedCallback must be one of "forbidden", "conflict", "bad-request", got "not-found"'],
  [
    'a rate without burst', { requestRate: { '*': { perSecond: 1 } } },
    'switch requestRate must map operations, or *, to',
  ],
  ['a rate of 0', { requestRate: { '*': { perSecond: 0, burst: 1 } } }, 'switch requestRate must map'],
  ['a fault without error', { faults: [{ operation: 'CreateChannel' }] }, 'switch faults must be a list of'],
  [
    'an unknown fault', { faults: [{ operation: 'CreateChannel', error: 'Boom' }] },
    'one of ThrottledClient, ServiceFailure, ',
  ],
  [
    'a fault at call 0', { faults: [{ operation: 'CreateChannel', error: 'Conflict', call: 0 }] },
    'switch faults must be a list of',
  ],
  [
    'a misspelt fault', { faults: [{ operation: 'CreateChannel', error: 'Conflict', cal: 1 }] },
    'switch faults must be a list of',
  ],
  [
    'a fault of no share', { faults: [{ operation: 'CreateChannel', error: 'Conflict', share: 0 }] },
    'switch faults must be a list of',
  ],
  [
    'a fault of more than all', { faults: [{ operation: 'CreateChannel', error: 'Conflict', share: 1.5 }] },
    'switch faults must be a list of',
  ],
  [
    'a misspelt fault of a share', { faults: [{ operation: 'CreateChannel', error: 'Conflict', share: 1, sed: 1 }] },
    'switch faults must be a list of',
  ],
  [
    'a fault of a broken seed', { faults: [{ operation: 'CreateChannel', error: 'Conflict', share: 1, seed: 1.5 }] },
    'switch faults must be a list of',
  ],
  ['a fault of no operation', { faults: [{ operation: 'CreateChanel', error: 'Conflict' }] },
    'switch faults names "CreateChanel", which is neither * nor an operation of the services'],
  [
    'a rate of no operation', { requestRate: { CreateChanel: { perSecond: 1, burst: 1 } } },
    'switch requestRate names "CreateChanel"',
  ],
  ['a list', [], 'the behaviour must be an object of switches'],
  ['nothing', null, 'the behaviour must be an object of switches'],
])('%s is refused', async (_, switches, problem) => {
  const emulator = await startEmulator();
  try {
    expect(() => emulator.setBehaviour(switches as Partial<Behaviour>)).toThrow(problem);
    expect(emulator.behaviour()).toEqual(DEFAULT_BEHAVIOUR);
  } finally {
    await emulator.close();
  }
});

test('an emulator does not start with a wrong switch', async () => {
  await expect(startEmulator({ behaviour: { missingFlow: 'gone' as any } })).rejects.toThrow('switch missingFlow');
});

test('a comment is no switch', async () => {
  const emulator = await startEmulator({
    behaviour: { '//': 'as probed', 'missingFlow': 'forbidden' } as Partial<Behaviour>,
  });
  try {
    expect(emulator.behaviour()).toEqual({ ...DEFAULT_BEHAVIOUR, missingFlow: 'forbidden' });
  } finally {
    await emulator.close();
  }
});

test('switches are merged, and a reset returns to those of the start', async () => {
  const emulator = await startEmulator({ behaviour: { missingFlow: 'forbidden' } });
  try {
    emulator.setBehaviour({ latencyMs: 1 });
    emulator.setBehaviour({ missingChannel: 'forbidden' });
    expect(emulator.behaviour()).toMatchObject({ missingFlow: 'forbidden', latencyMs: 1, missingChannel: 'forbidden' });
    emulator.reset();
    expect(emulator.behaviour()).toEqual({ ...DEFAULT_BEHAVIOUR, missingFlow: 'forbidden' });
  } finally {
    await emulator.close();
  }
});
