using MessagingServices.Domain.Senders;

namespace MessagingServices.Domain.Selection;

/// <summary>
/// Keeps WhatsApp senders for a recipient with <c>whatsapp:</c>, and RCS senders without a fallback for one with
/// <c>rcs:</c>. Other recipients get all senders but WhatsApp's. Sources:
/// https://www.twilio.com/docs/messaging/services#sender-selection,
/// https://www.twilio.com/docs/rcs/send-an-rcs-message.
/// </summary>
internal static class ChannelFilter
{
    private const string AnyButWhatsApp = "A phone number gets every sender but WhatsApp's.";

    public static RuleOutcome Apply(SelectionRequest request, Candidates senders) => request.To.Channel switch
    {
        Channel.WhatsApp => RuleOutcome.Where(senders, sender => sender.Type == SenderType.WhatsApp,
            _ => "not a WhatsApp sender", "A recipient on WhatsApp gets WhatsApp senders only."),
        Channel.Rcs => RuleOutcome.Where(senders, sender => sender.Type == SenderType.Rcs,
            _ => "not an RCS sender", "A recipient on RCS gets RCS senders only, without a fallback."),
        Channel.Sms when !senders.Has(SenderType.WhatsApp) => RuleOutcome.All(senders, AnyButWhatsApp),
        Channel.Sms => RuleOutcome.Where(senders, sender => sender.Type != SenderType.WhatsApp,
            _ => "a WhatsApp sender, which is for recipients written with whatsapp: only", AnyButWhatsApp),
    };
}
