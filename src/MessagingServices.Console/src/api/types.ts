import type { components } from "./schema";

type Schemas = components["schemas"];

export type Message = Schemas["MessageResource"];
export type MessagePage = Required<Schemas["Emulator.MessageSearchPage"]>;
export type Timeline = Schemas["Emulator.TimelineResource"];
export type Selection = Schemas["Emulator.SenderSelectionResource"];
export type Segments = Schemas["Emulator.SegmentsResource"];
export type Extracts = Schemas["Emulator.ExtractsResource"];
export type Webhook = Schemas["Emulator.WebhookResource"];
export type WebhookAttempt = Schemas["Emulator.WebhookAttemptResource"];
export type Statistics = Schemas["Emulator.StatisticsResource"];
export type Clock = Schemas["Emulator.ClockResource"];
export type CarrierRule = Schemas["Emulator.CarrierRuleResource"];
export type WebhookRule = Schemas["Emulator.WebhookRuleResource"];
export type RequestRule = Schemas["Emulator.RequestRuleResource"];
export type OptOut = Schemas["Emulator.OptOutResource"];
export type StickySender = Schemas["Emulator.StickySenderResource"];
export type AdvancedOptOut = Schemas["Emulator.AdvancedOptOutResource"];
export type KeywordSet = Schemas["Emulator.KeywordSetResource"];
export type Service = Schemas["V1.ServiceResource"];
export type PhoneNumber = Schemas["V2010.PhoneNumberResource"];
export type AvailableNumber = Schemas["V2010.AvailablePhoneNumberResource"];
export type ChannelSender = Schemas["V2.ChannelSenderResource"];
export type ShortCode = Schemas["ShortCodeResource"];
export type Account = Schemas["V2010.AccountResource"];
export type Media = Schemas["V2010.MediaResource"];

/** What the clock of the account will do next. */
export type Due = { now: string; due: { date: string; kind: string; sid: string | null; count: number }[] };
