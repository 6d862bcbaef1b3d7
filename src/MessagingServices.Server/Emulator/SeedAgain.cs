namespace MessagingServices.Server.Emulator;

/// <summary>
/// Applies the seed to an account that was emptied, if it is the configured one. The layer above provides it, because a
/// seed uses the API's forms.
/// </summary>
/// <param name="ApplyAsync">Applies the seed in a transaction of its own.</param>
internal sealed record SeedAgain(Func<Sid, CancellationToken, Task> ApplyAsync);
