/** What helps against a fault. Hints are made from it. */
export type Remedy =
  | 'address' // is it the right one, can it be reached?
  | 'authority' // a certificate authority of one's own
  | 'clock'
  | 'name'
  | 'renew'
  | 'plain' // http:// or another port
  | 'tls-version'
  | 'machine' // this machine's doing
  | 'proxy'
  | 'proxy-password'
  | 'proxy-rules'
  | 'proxy-host';

export interface Fault {
  readonly codes: RegExp;
  readonly outcome: 'refused' | 'untrusted' | 'local' | 'broken';
  readonly words: string;
  readonly remedy: Remedy | null;
}

const fault = (
  codes: RegExp,
  outcome: Fault['outcome'],
  words: string,
  remedy: Remedy | null = null,
): Fault => ({ codes, outcome, words, remedy });

/** Codes of the system, of OpenSSL, of Node and of undici, the first that fits. Nothing is read from their words. */
export const FAULTS: readonly Fault[] = [
  fault(/^ECONNREFUSED$/, 'refused', 'the connection was refused'),
  fault(/^ENOTFOUND$/, 'refused', 'no such host'),
  fault(/^EAI_(?:AGAIN|FAIL)$/, 'refused', 'the host name could not be resolved'),
  fault(/^UND_ERR_CONNECT_TIMEOUT$/, 'refused', 'the connection timed out'),
  fault(/^EHOSTUNREACH$/, 'refused', 'the host cannot be reached'),
  fault(/^E(?:NETUNREACH|ADDRNOTAVAIL|NETDOWN)$/, 'refused', 'the network cannot be reached'),
  fault(/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'untrusted', 'its certificate is for another name', 'name'),
  fault(/^CERT_HAS_EXPIRED$/, 'untrusted', 'its certificate has expired', 'renew'),
  fault(/^CERT_NOT_YET_VALID$/, 'untrusted', 'its certificate is not valid yet', 'clock'),
  fault(
    /^(?:ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_TOO_SMALL)|EPROTO)$/,
    'untrusted',
    'it does not speak TLS at this port',
    'plain',
  ),
  fault(
    /^ERR_SSL_(?:UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|TLSV1_ALERT_PROTOCOL_VERSION|VERSION_TOO_LOW)$/,
    'untrusted',
    'it speaks another version of TLS than this Node allows',
    'tls-version',
  ),
  fault(
    /SELF_SIGNED|ISSUER|UNABLE_TO_VERIFY|^CERT_(?:UNTRUSTED|CHAIN_TOO_LONG|SIGNATURE_FAILURE)|^INVALID_CA/,
    'untrusted',
    'its certificate is not trusted',
    'authority',
  ),
  fault(/^CERT_REVOKED$/, 'untrusted', 'its certificate was revoked', 'renew'),
  fault(/^(?:CERT|CRL)_/, 'untrusted', 'its certificate is not valid', 'renew'),
  fault(/^ERR_(?:TLS|SSL)/, 'untrusted', 'TLS came to no agreement'),
  fault(/^E(?:MFILE|NFILE)$/, 'local', 'this machine has too many open files'),
  fault(/^ENO(?:MEM|BUFS)$/, 'local', 'this machine has no memory left for it'),
  fault(/^E(?:ACCES|PERM)$/, 'local', 'this machine does not allow the connection'),
  fault(/^ERR_ACCESS_DENIED$/, 'local', "Node's permission model does not allow the network"),
  fault(/^ETIMEDOUT$/, 'broken', 'the connection timed out'),
  fault(/^TUNNEL_TIMEOUT$/, 'refused', 'nothing was said in time'),
  fault(/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'broken', 'the answer was cut short'),
  fault(/^(?:Z_|ERR__ERROR_|ERR_BROTLI)/, 'broken', 'its compressed body is damaged'),
  fault(/^ENCODING /, 'broken', 'its body has an encoding that was not asked for'),
  fault(
    /^(?:UND_ERR_RES_EXCEEDED_MAX_SIZE|ERR_BUFFER_TOO_LARGE)$/,
    'broken',
    'the answer is larger than 64 MiB',
  ),
];
