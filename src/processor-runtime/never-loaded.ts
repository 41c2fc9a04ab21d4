/** Stands in the bundle for what the SDK imports only for calls that are not made here: browsers and event streams. */
export {};
