using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.OptOuts;

// The classes are many and small: a server and a database for each would take longer than its tests. So three groups of
// classes share a server each, and the groups run in parallel. No test resets a server: each uses addresses of its own.

/// <summary>The server of the tests about the default keywords.</summary>
[CollectionDefinition]
public sealed class KeywordServer : ICollectionFixture<MessagingServer>;

/// <summary>The server of the tests about Advanced Opt-Out.</summary>
[CollectionDefinition]
public sealed class AdvancedOptOutServer : ICollectionFixture<MessagingServer>;

/// <summary>The server of the tests about which senders and channels an opt-out covers.</summary>
[CollectionDefinition]
public sealed class ScopeServer : ICollectionFixture<MessagingServer>;
