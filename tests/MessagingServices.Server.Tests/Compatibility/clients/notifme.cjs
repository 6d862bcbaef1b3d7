// notifme-sdk, a library for notifications: by node-fetch.
const Notifme = require("notifme-sdk").default;

const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = process.env;
const sdk = new Notifme({ channels: { sms: { providers: [{ type: "twilio", accountSid, authToken }] } } });
sdk.send({ sms: { from: "+14155550100", to: "+14155550123", text: "Hello" } }).then((result) => {
  if (result.status !== "success") throw new Error(JSON.stringify(result));
});
