using Npgsql;

namespace MessagingServices.Server.Data;

/// <summary>Reads stored clocks without EF Core; see <see cref="PlainSql"/>.</summary>
internal static class ClockColumns
{
    /// <summary>The columns of <c>account_clocks AS clock</c> that <see cref="Read"/> reads.</summary>
    public const string Names =
        """
        clock.account_sid, clock."offset", clock.frozen_at, clock.jump_to, clock.moved_from, clock.move_count,
            clock.version, clock.change
        """;

    /// <summary>Reads a clock from the present row.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="first">The place of the first of the columns.</param>
    public static ClockState Read(NpgsqlDataReader reader, int first) => new()
    {
        AccountSid = Sid.Parse(reader.GetString(first)),
        Offset = reader.GetTimeSpan(first + 1),
        FrozenAt = reader.IsDBNull(first + 2) ? null : reader.GetFieldValue<DateTimeOffset>(first + 2),
        JumpTo = reader.GetFieldValue<DateTimeOffset>(first + 3),
        MovedFrom = reader.GetFieldValue<DateTimeOffset>(first + 4),
        MoveCount = reader.GetInt64(first + 5),
        Version = reader.GetInt64(first + 6),
        Change = reader.GetInt64(first + 7),
    };
}
