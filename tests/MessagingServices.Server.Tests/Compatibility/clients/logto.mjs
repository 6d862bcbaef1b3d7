// The SMS connector of Logto, an identity provider: by the client got.
import connect from "@logto/connector-twilio-sms";

const templates = ["Generic", "Register", "SignIn", "ForgotPassword"].map(
  (usageType) => ({ usageType, content: "Your code is {{code}}" }));
const connector = await connect({
  getConfig: async () => ({
    accountSID: process.env.TWILIO_ACCOUNT_SID, authToken: process.env.TWILIO_AUTH_TOKEN,
    fromMessagingServiceSID: "MG00000000000000000000000000000006", templates,
  }),
});
await connector.sendMessage({ to: "14155550123", type: "Generic", payload: { code: "1234" } });
