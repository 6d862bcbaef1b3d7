// Brands, campaigns and toll-free verifications as an application registers them.
import assert from "node:assert/strict";
import { client, emulator } from "./client.mjs";

const messaging = client.messaging.v1;
const advance = (period) => emulator("POST", "Clock", { Advance: period });

// A sole proprietor: the owner does not answer the first one-time password.
const brand = await messaging.brandRegistrations.create({
  customerProfileBundleSid: `BU${"0".repeat(32)}`, a2PProfileBundleSid: `BU${"1".repeat(32)}`, brandType: "SOLE_PROPRIETOR",
});
assert.deepEqual([brand.status, brand.identityStatus, brand.brandType, brand.russell3000], ["PENDING", "UNVERIFIED", "SOLE_PROPRIETOR", false]);
await advance("PT20S");
await emulator("POST", `Registrations/${brand.sid}`, { Status: "UNVERIFIED" });
assert.equal((await messaging.brandRegistrations(brand.sid).fetch()).status, "APPROVED");
const otp = await messaging.brandRegistrations(brand.sid).brandRegistrationOtps.create();
assert.equal(otp.brandRegistrationSid, brand.sid);
await advance("PT10S");
assert.equal((await messaging.brandRegistrations(brand.sid).fetch()).identityStatus, "VERIFIED");

const service = await messaging.services.create({ friendlyName: "One" });
const campaign = await messaging.services(service.sid).usAppToPerson.create({
  brandRegistrationSid: brand.sid, description: "d".repeat(40), messageFlow: "f".repeat(40), messageSamples: ["1".repeat(20), "2".repeat(20)],
  usAppToPersonUsecase: "SOLE_PROPRIETOR", hasEmbeddedLinks: false, hasEmbeddedPhone: false,
});
assert.equal(campaign.campaignStatus, "PENDING");
await advance("PT20S");
assert.equal((await messaging.services(service.sid).usAppToPerson(campaign.sid).fetch()).campaignStatus, "VERIFIED");

// A standard brand fails, is submitted again, and is vetted.
const standard = await messaging.brandRegistrations.create({ customerProfileBundleSid: `BU${"0".repeat(32)}`, a2PProfileBundleSid: `BU${"1".repeat(32)}` });
await emulator("POST", `Registrations/${standard.sid}`, { Status: "FAILED", ErrorCode: "30795", Reason: "Wrong tax number" });
assert.equal((await messaging.brandRegistrations(standard.sid).fetch()).failureReason, "Wrong tax number");
assert.equal((await messaging.brandRegistrations(standard.sid).update()).status, "PENDING");
await advance("PT20S");
const vetting = await messaging.brandRegistrations(standard.sid).brandVettings.create({ vettingProvider: "aegis" });
await advance("PT10S");
assert.equal((await messaging.brandRegistrations(standard.sid).brandVettings(vetting.brandVettingSid).fetch()).vettingStatus, "SUCCESS");
assert.equal((await messaging.brandRegistrations(standard.sid).brandVettings.list()).length, 1);
assert.deepEqual((await messaging.brandRegistrations.list()).map((found) => found.sid), [standard.sid, brand.sid]);
await assert.rejects(messaging.brandRegistrations(standard.sid).update(), (error) => error.code === 21725 && error.status === 400);

// A toll-free number.
const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+18005550199" });
const verification = await messaging.tollfreeVerifications.create({
  businessName: "Owl, Inc.", businessWebsite: "http://www.company.com", notificationEmail: "support@company.com",
  useCaseCategories: ["TWO_FACTOR_AUTHENTICATION", "MARKETING"], useCaseSummary: "Offers", productionMessageSample: "lorem ipsum",
  optInImageUrls: ["https://testbusiness.com/images/image1.jpg"], optInType: "VERBAL", messageVolume: "1,000", tollfreePhoneNumberSid: number.sid,
  ageGatedContent: false, optInKeywords: ["START"],
});
assert.deepEqual([verification.status, verification.tollfreePhoneNumber, verification.optInKeywords], ["PENDING_REVIEW", "+18005550199", ["START"]]);
await emulator("POST", `Registrations/${verification.sid}`, { Status: "TWILIO_REJECTED" });
const rejected = await messaging.tollfreeVerifications(verification.sid).fetch();
assert.deepEqual([rejected.editAllowed, rejected.errorCode], [true, 30484]);
assert.equal((await messaging.tollfreeVerifications(verification.sid).update({ businessName: "Eagle, Inc." })).status, "PENDING_REVIEW");
await advance("PT20S");
const approved = await messaging.tollfreeVerifications.list({ status: "TWILIO_APPROVED", tollfreePhoneNumberSid: number.sid });
assert.deepEqual(approved.map((found) => found.businessName), ["Eagle, Inc."]);
assert.equal(await messaging.tollfreeVerifications(verification.sid).remove(), true);

// A campaign that was registered elsewhere.
const other = await messaging.services.create({ friendlyName: "Two" });
const external = await messaging.externalCampaign.create({ campaignId: "CM0001", messagingServiceSid: other.sid });
assert.deepEqual([external.campaignId, external.messagingServiceSid], ["CM0001", other.sid]);
console.log("every call answered as the SDK expects");
