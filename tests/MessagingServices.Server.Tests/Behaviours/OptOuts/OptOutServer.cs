using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Behaviours.OptOuts;

/// <summary>
/// One server for all tests of opt-out, which take turns and begin by removing everything: there are so many small classes that a server and a
/// database for each would take longer than the tests.
/// </summary>
[CollectionDefinition(Name)]
public sealed class OptOutServer : ICollectionFixture<MessagingServer>
{
    public const string Name = nameof(OptOutServer);
}
