using System.Text;
using MessagingServices.Server.Emulator;
using MessagingServices.Server.Tests.Fixtures;
using Npgsql;

namespace MessagingServices.Server.Tests.Emulator;

/// <summary>PostgreSQL finds a text in any case, as .NET does, in a database of any locale.</summary>
public sealed class BodyPatternTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Every_character_has_the_cases_that_it_has_in_NET()
    {
        List<(string Body, string Term)> pairs = [];
        for (var code = 1; code <= 0x10FFFF; code++)
        {
            if (!Rune.TryCreate(code, out var rune)) continue;
            var cases = new[] { Rune.ToUpperInvariant(rune), Rune.ToLowerInvariant(rune) }.Where(c => c != rune);
            foreach (var other in cases)
            {
                pairs.Add(($"x{rune}y", $"{other}"));
                pairs.Add(($"x{other}y", $"{rune}"));
                foreach (var ascii in "iKs")
                {
                    pairs.Add(($"x{rune}y", $"{ascii}"));
                    pairs.Add(($"x{ascii}y", $"{rune}"));
                }
            }
        }

        foreach (var special in "%_\\.*+?()[]{}|^$-\"'é😀".EnumerateRunes())
        {
            pairs.Add(($"a{special}É", $"{special}é"));
            pairs.Add(("abÉ", $"{special}É"));
        }

        Assert.True(pairs.Count > 10_000);
        Assert.Empty(await DifferencesAsync(
            [.. pairs.Where(pair => Ascii.IsValid(pair.Term))], "ILIKE", term => $"%{BodyPattern.ToLike(term)}%"));
        Assert.Empty(await DifferencesAsync([.. pairs.Where(pair => !Ascii.IsValid(pair.Term))], "~",
            BodyPattern.ToExpression));
    }

    private async Task<List<string>> DifferencesAsync(
        List<(string Body, string Term)> pairs, string matches, Func<string, string> patternOf)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"""
             SELECT body, term FROM unnest($1, $2, $3, $4) AS pair (body, term, pattern, expected)
             WHERE (body COLLATE "C" {matches} pattern) <> expected LIMIT 20
             """, connection);
        command.Parameters.Add(new() { Value = pairs.Select(pair => pair.Body).ToArray() });
        command.Parameters.Add(new() { Value = pairs.Select(pair => pair.Term).ToArray() });
        command.Parameters.Add(new() { Value = pairs.Select(pair => patternOf(pair.Term)).ToArray() });
        command.Parameters.Add(new()
        {
            Value = pairs.Select(pair => pair.Body.Contains(pair.Term, StringComparison.OrdinalIgnoreCase)).ToArray(),
        });
        List<string> differences = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) differences.Add($"{reader.GetString(0)} has {reader.GetString(1)}");
        return differences;
    }
}
