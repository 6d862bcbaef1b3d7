using System.Runtime.Versioning;
using MessagingServices.Server.Data.EmbeddedPostgres;
using MessagingServices.Server.Tests.Fixtures;

namespace MessagingServices.Server.Tests.Data.EmbeddedPostgres;

/// <summary>The PostgreSQL that is packed with the server is unpacked into the user's cache.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PostgresArchiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Two_processes_unpack_at_once_and_run_it_with_an_empty_PATH()
    {
        var packed = await PackedPostgres.CreateAsync(folder["program"]);

        var owners = await Task.WhenAll(
            ClusterOwner.StartBundledAsync(packed.Folder, folder["cache"]),
            ClusterOwner.StartBundledAsync(packed.Folder, folder["cache"]));

        foreach (var owner in owners)
        {
            using (owner) Assert.Equal(1, await Sql.ScalarAsync(owner.ConnectionString, "SELECT 1"));
        }

        Assert.Single(Directory.GetDirectories(Path.Combine(folder["cache"], "messaging-services", "binaries")));
    }

    [Fact]
    public async Task The_unpacked_files_are_for_all_users_and_writable_for_one()
    {
        var files = await UnpackAsync(await PackedPostgres.CreateAsync(folder["program"]));

        Assert.Equal("rwxr-xr-x", ModeOf(files));
        Assert.Equal("rwxr-xr-x", ModeOf(Path.Combine(files, "bin")));
        Assert.Equal("rwxr-xr-x", ModeOf(Path.Combine(files, "bin/initdb")));
        Assert.Equal("rw-r--r--", ModeOf(Path.Combine(files, PackedPostgres.Library)));
        Assert.Equal("libexample.so.1", new FileInfo(Path.Combine(files, PackedPostgres.Link)).LinkTarget);
        var cache = ModeOf(Cache);
        Assert.Equal(Environment.IsPrivilegedProcess ? "rwx--x--x" : "rwx------", cache);
    }

    public static TheoryData<string, Action<string>> Damages => new()
    {
        { "other content", files => File.WriteAllText(Path.Combine(files, PackedPostgres.Library), "a trap...") },
        { "a file is missing", files => File.Delete(Path.Combine(files, PackedPostgres.Library)) },
        { "a file more", files => File.WriteAllText(Path.Combine(files, "lib/libm.so.6"), "a trap") },
        { "others can write a file", files => AllowOthersToWrite(Path.Combine(files, "bin/postgres")) },
        { "others can write a folder", files => AllowOthersToWrite(Path.Combine(files, "lib")) },
        { "a program does not run", files =>
            File.SetUnixFileMode(Path.Combine(files, "bin/initdb"), UnixFileMode.UserRead) },
        { "a link leads elsewhere", files =>
        {
            File.Delete(Path.Combine(files, PackedPostgres.Link));
            File.CreateSymbolicLink(Path.Combine(files, PackedPostgres.Link), "/etc/hostname");
        } },
    };

    [Theory]
    [MemberData(nameof(Damages), DisableDiscoveryEnumeration = true)]
    public async Task A_changed_cache_is_unpacked_again(string what, Action<string> damage)
    {
        var packed = await PackedPostgres.CreateAsync(folder["program"]);
        var files = await UnpackAsync(packed);
        var before = Describe(files);
        damage(files);
        Assert.NotEqual(before, Describe(files));

        Assert.Equal(files, await UnpackAsync(packed));

        Assert.True(before == Describe(files), what);
        Assert.Single(Directory.GetDirectories(Cache));
    }

    [Fact]
    public async Task What_a_killed_server_left_is_removed_and_unpacked_again()
    {
        var packed = await PackedPostgres.CreateAsync(folder["program"]);
        var files = await UnpackAsync(packed);
        Directory.Move(files, files + ".new-killed");
        File.Delete(Path.Combine(files + ".new-killed", "bin/postgres"));

        await UnpackAsync(packed);

        Assert.Equal([files], Directory.GetDirectories(Cache));
    }

    [Theory]
    [InlineData("it has a file")]
    [InlineData("its content is not what it should be")]
    [InlineData("Decoder ran into invalid data")]
    [InlineData("there is no ")]
    public async Task A_damaged_archive_is_refused_and_leaves_nothing(string damage)
    {
        var packed = await PackedPostgres.CreateAsync(folder["program"]);
        var list = await File.ReadAllLinesAsync(packed.Hashes);
        switch (damage)
        {
            case "it has a file": await File.WriteAllLinesAsync(packed.Hashes, list[1..]); break;
            case "there is no ": File.Delete(packed.Hashes); break;
            case "its content is not what it should be":
                await File.WriteAllLinesAsync(packed.Hashes, [.. list[1..], new string('0', 64) + list[0][64..]]);
                break;
            default: await File.WriteAllBytesAsync(packed.File, [.. Enumerable.Repeat((byte)0xFF, 500)]); break;
        }

        var refusal = await Assert.ThrowsAsync<StartupException>(() => UnpackAsync(packed));

        Assert.StartsWith($"The file {packed.File} is damaged ({damage}", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(": install the server again.", refusal.Message, StringComparison.Ordinal);
        Assert.True(!Directory.Exists(Cache) || Directory.GetDirectories(Cache).All(
            left => left.Contains(".new-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_cache_that_others_can_write_is_refused()
    {
        var packed = await PackedPostgres.CreateAsync(folder["program"]);
        await UnpackAsync(packed);
        AllowOthersToWrite(Cache);

        var refusal = await Assert.ThrowsAsync<StartupException>(() => UnpackAsync(packed));

        Assert.Contains($"cannot be unpacked in {Cache} (Another user can write there)", refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_release_of_the_archive_has_a_folder_of_its_own()
    {
        var packed = await PackedPostgres.CreateAsync(folder["program"]);
        var first = await UnpackAsync(packed);
        var list = await File.ReadAllLinesAsync(packed.Hashes);
        await File.WriteAllLinesAsync(packed.Hashes, list.Reverse());

        Assert.NotEqual(first, await UnpackAsync(packed));
    }

    private string Cache => Path.Combine(folder["cache"], "binaries");

    private async Task<string> UnpackAsync(PackedPostgres packed)
    {
        var archive = PostgresArchive.Find(packed.Folder, folder["cache"], TimeProvider.System)!;
        return Path.GetDirectoryName((await archive.UnpackAsync(CancellationToken.None)).Directory)!;
    }

    private static void AllowOthersToWrite(string path) =>
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);

    private static string Describe(string files) => string.Join('\n',
        new DirectoryInfo(files).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .Select(entry => $"{entry.FullName} {entry.UnixFileMode} {entry.LinkTarget} "
                + (entry is FileInfo { LinkTarget: null } ? File.ReadAllText(entry.FullName) : "")));

    private static string ModeOf(string path)
    {
        var mode = (int)File.GetUnixFileMode(path);
        return string.Concat(Enumerable.Range(0, 9).Select(bit => (mode & (256 >> bit)) == 0 ? '-' : "rwx"[bit % 3]));
    }
}
