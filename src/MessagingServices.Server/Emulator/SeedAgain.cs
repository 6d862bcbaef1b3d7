namespace MessagingServices.Server.Emulator;

/// <summary>
/// Applies the seed to an emptied database. The layer above provides it, because a seed uses the API's forms.
/// </summary>
/// <param name="ApplyAsync">Applies the seed in the open transaction of the database.</param>
internal sealed record SeedAgain(Func<MessagingDb, CancellationToken, Task> ApplyAsync);
