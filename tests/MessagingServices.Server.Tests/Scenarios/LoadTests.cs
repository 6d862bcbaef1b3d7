namespace MessagingServices.Server.Tests.Scenarios;

/// <summary>
/// The tests that keep the processor busy for many seconds. They run one after another, since two of them at once would
/// slow each other and everything else; and they run beside all other tests, most of which wait for timers.
/// </summary>
[CollectionDefinition]
public sealed class LoadTests;
