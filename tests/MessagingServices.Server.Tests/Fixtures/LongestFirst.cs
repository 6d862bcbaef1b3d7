using MessagingServices.Server.Tests.OptOuts;
using MessagingServices.Server.Tests.Scenarios;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(MessagingServices.Server.Tests.Fixtures.LongestFirst))]

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// Starts the collections of many seconds first: one that starts last would run alone, while the other processors idle.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string?[] Longest =
    [
        .. new[]
        {
            typeof(LoadTests), typeof(PairOfServers), typeof(KeywordServer), typeof(AdvancedOptOutServer),
            typeof(ScopeServer),
        }.Select(definition => definition.FullName),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection))];

    private static int Place(ITestCollection collection) =>
        Array.IndexOf(Longest, collection.TestCollectionClassName) is >= 0 and var place ? place : Longest.Length;
}
