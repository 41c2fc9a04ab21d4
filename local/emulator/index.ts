export { DEFAULT_BEHAVIOUR, SWITCHES, type Behaviour } from './behaviour';
export type { RecordedCall } from './call-log';
export { startEmulator, type Emulator, type EmulatorOptions } from './emulator';
export type { Fault, FaultError } from './faults';
export type { StateView } from './state-view';
export type { Rate } from './throttle';
