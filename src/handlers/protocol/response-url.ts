/** Where the answer to one event goes. The address is a credential: it never leaves this module but for the request. */
export class ResponseUrl {
  /** Undefined, with the reason in `problem`, when the answer can't or must not be sent there. */
  public readonly url?: URL;
  public readonly problem?: string;

  public constructor(private readonly text: unknown) {
    if (typeof text !== 'string' || !URL.canParse(text)) {
      this.problem = 'ResponseURL is no URL';
      return;
    }
    const url = new URL(text);
    this.problem = refusal(url);
    if (this.problem === undefined) this.url = url;
  }

  /**
   * When CloudFormation signed the address, which it does once an event: every delivery of one event carries the same.
   * Undefined where the address doesn't say.
   */
  public get signed(): number | undefined {
    const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(this.url?.searchParams.get('X-Amz-Date') ?? '');
    if (!date) return undefined;
    const [year, month, ...rest] = date.slice(1).map(Number);
    return Date.UTC(year, month - 1, ...rest as [number, number, number, number]);
  }

  /** The text without the address or the part of it that signs. */
  public redact(text: string): string {
    const secrets = [this.text, this.url?.href, this.url && `${this.url.pathname}${this.url.search}`, this.url?.search];
    return secrets
      .filter(secret => typeof secret === 'string')
      .filter(secret => secret.length > 1)
      .flatMap(secret => [secret, JSON.stringify(secret).slice(1, -1)])
      .reduce((redacted, secret) => redacted.replaceAll(secret, '[redacted]'), text);
  }
}

function refusal(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'ResponseURL carries user information';
  if (url.protocol === 'https:') {
    if (url.port !== '') return 'ResponseURL names a port, as CloudFormation never does';
    return AWS_HOST.test(url.hostname)
      ? undefined
      : 'ResponseURL is not to a host of AWS, where CloudFormation takes answers';
  }
  if (url.protocol !== 'http:') return `ResponseURL is ${url.protocol} where only https: is allowed`;
  if (process.env.CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE !== '1' || !isLoopback(url.hostname)) {
    return 'ResponseURL is http:, which is for tests only: to loopback, with CDK_CHIME_MESSAGING_ALLOW_HTTP_RESPONSE=1';
  }
  return undefined;
}

/** CloudFormation takes answers in buckets of its own, whose hosts end in the DNS suffix of their partition. */
const AWS_HOST = new RegExp(`^(?:[a-z0-9-]+\\.)+(?:${[
  'amazonaws.com', 'amazonaws.com.cn', 'amazonaws.eu', 'c2s.ic.gov', 'sc2s.sgov.gov', 'cloud.adc-e.uk',
  'csp.hci.ic.gov',
].map(suffix => suffix.replaceAll('.', '\\.')).join('|')})$`);

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
