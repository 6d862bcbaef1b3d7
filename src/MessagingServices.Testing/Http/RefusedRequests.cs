namespace MessagingServices.Testing.Http;

/// <summary>
/// The last requests of the application that the server has refused. An application may catch the exception, and then
/// a test sees only that no message comes.
/// </summary>
internal sealed class RefusedRequests
{
    private const int MaxRequests = 10;

    private readonly Queue<string> last = new();

    /// <summary>The requests, oldest first, each in a line.</summary>
    public IReadOnlyList<string> Last
    {
        get
        {
            lock (last) return [.. last];
        }
    }

    /// <summary>Keeps a request.</summary>
    public void Add(string request)
    {
        lock (last)
        {
            last.Enqueue(request);
            if (last.Count > MaxRequests) last.Dequeue();
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (last) last.Clear();
    }
}
