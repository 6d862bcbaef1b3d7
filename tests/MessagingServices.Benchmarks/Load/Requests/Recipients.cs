namespace MessagingServices.Benchmarks.Load.Requests;

/// <summary>Recipients that are each used once: ten digits after +1, in turn of San Francisco and New York.</summary>
internal static class Recipients
{
    /// <summary>How many there are of one area code.</summary>
    public const int PerAreaCode = 8_000_000;

    // Requests, and the rows that are put into tables, count from far apart.
    private static long last;

    public static string Next() => Of(Interlocked.Increment(ref last));

    /// <summary>The ten digits of a recipient by its number.</summary>
    public static string Of(long number) => $"{(number % 2 == 0 ? 415 : 212)}{2_000_000 + number / 2 % PerAreaCode}";

    /// <summary>Sets aside as many as a program of others will use; returns the first.</summary>
    public static long Reserve(int count) => Interlocked.Add(ref last, count) - count + 1;
}
