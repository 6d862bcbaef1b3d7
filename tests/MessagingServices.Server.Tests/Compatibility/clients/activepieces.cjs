// The Twilio piece of Activepieces, a workflow engine: by axios.
const { twilioSendSms } = require("@activepieces/piece-twilio/src/lib/action/send-sms");

const authentication = { username: process.env.TWILIO_ACCOUNT_SID, password: process.env.TWILIO_AUTH_TOKEN };
twilioSendSms.run({ propsValue: { authentication, from: "+14155550100", to: "+14155550123", body: "Hello" } });
