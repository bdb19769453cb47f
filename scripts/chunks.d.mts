export declare const LOADED: Readonly<Record<string, readonly string[]>>;
export declare const DEFERRED: Readonly<Record<string, readonly string[]>>;
