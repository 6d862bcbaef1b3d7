using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using MessagingServices.Server.Data.EmbeddedPostgres;

namespace MessagingServices.Server.Tests.Fixtures;

/// <summary>
/// An archive as the packages bring it along. Its programs are scripts that start the PostgreSQL of this machine.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PackedPostgres
{
    public const string Library = "lib/libexample.so.1";
    public const string Link = "lib/libexample.so";

    private PackedPostgres(string folder, string name)
    {
        Folder = folder;
        File = Path.Combine(folder, $"{name}.tar.br");
        Hashes = Path.Combine(folder, $"{name}.sha256");
    }

    /// <summary>The folder of the archive.</summary>
    public string Folder { get; }

    /// <summary>The archive.</summary>
    public string File { get; }

    /// <summary>The list of hashes beside it.</summary>
    public string Hashes { get; }

    /// <summary>Makes it in a new folder.</summary>
    public static async Task<PackedPostgres> CreateAsync(string folder)
    {
        var real = await PostgresSearch.Of(new(), TimeProvider.System).FindAsync(CancellationToken.None);
        PackedPostgres packed = new(folder, $"postgres-{real.MajorVersion}.0-{PostgresArchive.Platform}");
        Directory.CreateDirectory(folder);
        Dictionary<string, string> files = new()
        {
            [Library] = "a library", ["share/postgresql/timezone/Europe/Zurich"] = "a time zone",
        };
        foreach (var program in new[] { "initdb", "postgres", "pg_ctl" })
            files[$"bin/{program}"] = $"#!/bin/sh\nexec '{Path.Combine(real.Directory, program)}' \"$@\"\n";
        await WriteAsync(packed, files);
        return packed;
    }

    private static async Task WriteAsync(PackedPostgres packed, Dictionary<string, string> files)
    {
        await using var file = System.IO.File.Create(packed.File);
        await using BrotliStream compressed = new(file, CompressionLevel.Fastest);
        await using TarWriter tar = new(compressed);
        StringBuilder hashes = new();
        foreach (var (path, content) in files)
        {
            var bytes = Encoding.UTF8.GetBytes(content);
            await tar.WriteEntryAsync(
                new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(bytes) });
            hashes.Append(Convert.ToHexStringLower(SHA256.HashData(bytes))).Append("  ").Append(path).Append('\n');
        }

        await tar.WriteEntryAsync(
            new UstarTarEntry(TarEntryType.SymbolicLink, Link) { LinkName = Path.GetFileName(Library) });
        hashes.Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(files[Library]))))
            .Append("  ").Append(Link).Append('\n');
        await System.IO.File.WriteAllTextAsync(packed.Hashes, hashes.ToString());
    }
}
