// Twilio's SDK as it is; only its HTTP client sends each request to the server under test instead of to twilio.com.
import twilio from "twilio";

export const { BASE_URL, ACCOUNT_SID, AUTH_TOKEN } = process.env;

class ToServer extends twilio.RequestClient {
  request(options) {
    return super.request({ ...options, uri: options.uri.replace(/^https:\/\/[a-z0-9.-]+\.twilio\.com/, BASE_URL) });
  }
}

// Says in a prefix of the path which product it calls: several products have the same paths.
class ToProduct extends twilio.RequestClient {
  request(options) {
    return super.request({ ...options, uri: options.uri.replace(/^https:\/\/([a-z0-9-]+)[a-z0-9.-]*\.twilio\.com/, `${BASE_URL}/$1`) });
  }
}

export const productClient = twilio(ACCOUNT_SID, AUTH_TOKEN, { httpClient: new ToProduct() });

export const client = twilio(ACCOUNT_SID, AUTH_TOKEN, { httpClient: new ToServer() });

// A client with other credentials, for an account that they may act for.
export const clientAs = (username, password, accountSid) =>
  twilio(username, password, { accountSid, httpClient: new ToServer() });

// Calls the emulator's own API with the SDK's credentials; the answer's body.
export async function emulator(method, path, data) {
  const { statusCode, body } = await client.request({ method: method.toLowerCase(), uri: `${BASE_URL}/emulator/v1/${path}`, data });
  if (statusCode >= 400) throw new Error(JSON.stringify(body));
  return body;
}
