/** The address of an API, without a slash at its end; nothing if none is given. */
export function toEndpoint(option: string, url: string | undefined): string | undefined {
  if (url !== undefined && !(/^https?:\/\//.test(url) && URL.canParse(url))) {
    throw new Error(`${option} must be a URL such as http://127.0.0.1:4566, got ${JSON.stringify(url)}`);
  }
  return url?.replace(/\/+$/, '');
}
