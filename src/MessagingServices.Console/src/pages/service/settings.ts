import type { Service } from "../../api/types";

type Name = keyof Service;

export const texts: { name: string; member: Name; label: string; hint: string }[] = [
  { name: "InboundRequestUrl", member: "inbound_request_url", label: "Inbound request URL", hint: "Asked what to do with an incoming message." },
  { name: "FallbackUrl", member: "fallback_url", label: "Fallback URL", hint: "Asked when the inbound request URL fails." },
  { name: "StatusCallback", member: "status_callback", label: "Status callback", hint: "Told every status of every message." },
];

export const methods: { name: string; member: Name; label: string }[] = [
  { name: "InboundMethod", member: "inbound_method", label: "Inbound method" },
  { name: "FallbackMethod", member: "fallback_method", label: "Fallback method" },
];

export const switches: { name: string; member: Name; label: string; hint: string }[] = [
  { name: "StickySender", member: "sticky_sender", label: "Sticky sender", hint: "A recipient keeps the sender of its first message." },
  { name: "AreaCodeGeomatch", member: "area_code_geomatch", label: "Area code geomatch", hint: "Prefers a number of the recipient's area code." },
  { name: "FallbackToLongCode", member: "fallback_to_long_code", label: "Fallback to long code", hint: "A long code sends where a short code cannot." },
  { name: "SmartEncoding", member: "smart_encoding", label: "Smart encoding", hint: "Replaces typographic characters that would force UCS-2." },
  { name: "MmsConverter", member: "mms_converter", label: "MMS Converter", hint: "Media become a link where MMS cannot go." },
  { name: "SynchronousValidation", member: "synchronous_validation", label: "Synchronous validation", hint: "A message that no sender can carry is refused at once." },
];

export const usecases = ["notifications", "marketing", "verification", "discussion", "poll", "undeclared"];
export const scans = ["inherit", "enable", "disable"];
