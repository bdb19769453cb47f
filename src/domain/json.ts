/** JSON values, as the service sends them and as manifests hold them once parsed. */
export type JsonScalar = string | number | boolean | null;
export type Json = JsonScalar | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
