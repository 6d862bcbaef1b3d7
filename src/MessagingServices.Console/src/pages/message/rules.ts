/** The rules of sender selection, in words for someone who never read them. */
export const rules: Record<string, string> = {
  ChannelGate: "Which senders are on the recipient's channel?",
  TollFreeAdvice: "Advice on toll-free numbers",
  FallbackFrom: "A fallback sender was named",
  RcsReach: "Does the handset take RCS?",
  NotTheRecipient: "A number does not write to itself",
  MediaCapability: "Which senders can carry the content?",
  NorthAmericanReach: "Which senders reach the recipient's country?",
  ShortCodeCountry: "Short codes stay in their country",
  AlphaSenderCountry: "Does the country take alphanumeric senders?",
  A2pRegistration: "Are the numbers registered for A2P traffic?",
  TollFreeVerified: "Are the toll-free numbers verified?",
  StickySender: "Which sender does the recipient know?",
  TypePriority: "Which type of sender comes first?",
  CountryGeomatch: "Which senders are of the recipient's country?",
  AreaCodeGeomatch: "Which numbers are of the recipient's area?",
  EvenSpread: "Which sender has rested longest?",
};
