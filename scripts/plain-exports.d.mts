export declare function plainExports(code: string): string;
