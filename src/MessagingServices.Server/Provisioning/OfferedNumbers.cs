using Microsoft.EntityFrameworkCore;

namespace MessagingServices.Server.Provisioning;

/// <summary>Searches for phone numbers that can be provisioned.</summary>
internal sealed class OfferedNumbers(MessagingDb db)
{
    private const int MinRead = 100;

    /// <summary>The first numbers of a search that the account does not have.</summary>
    /// <param name="account">The account that searches. Others may have the same numbers.</param>
    /// <param name="search">Which numbers.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public async Task<IReadOnlyList<PhoneNumberValue>> FindAsync(
        Sid account, NumberSearch search, int count, CancellationToken cancellation)
    {
        List<PhoneNumberValue> free = [];
        foreach (var offered in NumberOffers.Find(search, cancellation).Chunk(Math.Max(count, MinRead)))
        {
            var numbers = offered.Select(number => number.E164).ToList();
            var owned = await db.PhoneNumbers
                .Where(number => number.AccountSid == account && numbers.Contains(number.Number))
                .Select(number => number.Number).ToHashSetAsync(cancellation);
            free.AddRange(offered.Where(number => !owned.Contains(number.E164)));
            if (free.Count >= count) break;
        }

        return [.. free.Take(count)];
    }
}
