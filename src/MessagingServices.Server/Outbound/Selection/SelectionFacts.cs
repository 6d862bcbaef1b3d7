using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Outbound.Selection;

/// <summary>What there is to read for the selection of some messages.</summary>
[Flags]
internal enum SelectionFacts
{
    None = 0,

    /// <summary>The accounts have carrier rules.</summary>
    CarrierRules = 1,

    /// <summary>A recipient has opted out of something.</summary>
    OptOuts = 2,

    /// <summary>A recipient has a sticky sender of one of the Messaging Services.</summary>
    StickySenders = 4,

    All = CarrierRules | OptOuts | StickySenders,
}

/// <summary>Finds out what there is to read. Most messages need none of it, so one query saves three.</summary>
internal static class SelectionFactsReader
{
    /// <summary>Reads the facts. If the choices are stored, lock the Messaging Services first.</summary>
    public static async Task<SelectionFacts> ReadSelectionFactsAsync(
        this MessagingDb db, IEnumerable<Message> messages, IReadOnlyCollection<SelectionInput> inputs,
        CancellationToken cancellation)
    {
        var accounts = messages.Select(message => message.AccountSid).Distinct().Values();
        var services = inputs.Select(input => input.MessagingServiceSid).Distinct().Values();
        var recipients = inputs.Select(input => input.To.Handset).Distinct().ToArray();
        var (rules, optOuts, sticky) =
            ((int)SelectionFacts.CarrierRules, (int)SelectionFacts.OptOuts, (int)SelectionFacts.StickySenders);
        return (SelectionFacts)await db.Database.SqlQuery<int>(
            $"""
             SELECT {rules} * EXISTS (SELECT FROM carrier_rules WHERE account_sid = ANY ({accounts}))::int
                 + {optOuts} * EXISTS (
                     SELECT FROM opt_outs WHERE account_sid = ANY ({accounts}) AND recipient = ANY ({recipients}))::int
                 + {sticky} * EXISTS (
                     SELECT FROM sticky_senders
                     WHERE messaging_service_sid = ANY ({services}) AND "to" = ANY ({recipients}))::int AS "Value"
             """).SingleAsync(cancellation);
    }
}
