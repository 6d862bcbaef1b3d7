// Makes all packages into artifacts/packages: "./dev pack" calls it, when the console is built.
//
//   node packaging/pack.mjs [--platform linux-x64] ...       those of some platforms only
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { writeNotices } from "./notices.mjs";
import { makeArchives, platforms } from "./postgres/archive.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const artifacts = join(root, "artifacts");
const packages = join(artifacts, "packages");
const server = join(root, "src/MessagingServices.Server");
const npm = join(root, "packaging/npm");
// Who has no PostgreSQL for it can name one: Windows, and all platforms that are not listed ("any").
const toolPlatforms = [...platforms, "win-x64"];
// Every package has its sources linked to the commit. "./dev test" has analysed them.
const common = ["--configuration", "Release", "--nologo", "--verbosity", "quiet", "-p:PublishRepositoryUrl=true",
  "-p:EmbedUntrackedSources=true", "-p:DebugType=embedded", "-p:RunAnalyzers=false",
  "-p:EnforceCodeStyleInBuild=false"];

const { values } = parseArgs({ options: { platform: { type: "string", multiple: true, default: toolPlatforms } } });
const unknown = values.platform.filter((platform) => !toolPlatforms.includes(platform));
if (unknown.length) fail(`There are no packages for ${unknown.join(" and ")}, only for ${toolPlatforms.join(", ")}.`);
const wanted = platforms.filter((platform) => values.platform.includes(platform));

const version = (await dotnet("msbuild", server, "-getProperty:Version")).trim();
await rm(packages, { recursive: true, force: true });
await mkdir(packages, { recursive: true });
say(`Packing version ${version} ...`);
await step("PostgreSQL", () => makeArchives(join(artifacts, "postgres"), wanted));
await step("NuGet: the server", packTool);
for (const platform of wanted) await step(`npm: the server for ${platform}`, () => packServer(platform));
await step("npm: the launcher", packLauncher);
await step("NuGet: the libraries", packLibraries);
for (const name of (await readdir(packages)).toSorted())
  say(`  ${((await stat(join(packages, name))).size / 1e6).toFixed(2).padStart(7)} MB  ${name}`);

async function packTool() {
  const build = join(artifacts, "build/tool");
  const notices = join(artifacts, "build/THIRD-PARTY-NOTICES.txt");
  const options = ["--artifacts-path", build, `-p:ToolPlatforms=any ${values.platform.join(" ")}`,
    `-p:PostgresArchives=${join(artifacts, "postgres")}`, `-p:Notices=${notices}`];
  await dotnet("restore", server, "--verbosity", "quiet", ...options);
  await writeNotices(join(build, "obj/MessagingServices.Server/project.assets.json"), notices);
  await dotnet("pack", server, "--no-restore", "--output", packages, ...common, ...options);
}

async function packServer(platform) {
  const name = npmNameOf(platform);
  const [os, cpu] = name.split("-");
  const folder = join(artifacts, "build/npm", name);
  await rm(folder, { recursive: true, force: true });
  await dotnet("publish", server, "--runtime", platform, "--self-contained", "--output", join(folder, "server"),
    ...common, "--artifacts-path", join(artifacts, "build/npm-server"), `-p:NpmPlatform=${platform}`,
    `-p:PostgresArchives=${join(artifacts, "postgres")}`);
  await writeJson(join(folder, "package.json"), {
    name: `@messaging-services/${name}`, version,
    description: `The server of the package messaging-services, for ${name}.`,
    license: "MIT", author: "The Messaging Services authors", ...(await repository()),
    os: [os], cpu: [cpu], ...(os === "linux" && { libc: ["glibc"] }),
    files: ["server", "licenses", "THIRD-PARTY-NOTICES.txt"], preferUnplugged: true,
  });
  await writeFile(join(folder, "README.md"), `# @messaging-services/${name}\n\nThe server of the package `
    + `[messaging-services](https://www.npmjs.com/package/messaging-services) for ${name}: install that one.\n`);
  await copyLicenses(folder);
  await cp(join(artifacts, "build/THIRD-PARTY-NOTICES.txt"), join(folder, "THIRD-PARTY-NOTICES.txt"));
  await copyRuntimeLicenses(platform, join(folder, "licenses"));
  await npmPack(folder);
}

async function packLauncher() {
  const folder = join(artifacts, "build/npm/messaging-services");
  await rm(folder, { recursive: true, force: true });
  const isPacked = (path) => !/node_modules|\/test$/.test(path);
  await cp(join(npm, "messaging-services"), folder, { recursive: true, filter: isPacked });
  const { scripts, ...manifest } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const servers = platforms.map((platform) => [`@messaging-services/${npmNameOf(platform)}`, version]);
  await writeJson(join(folder, "package.json"),
    { ...manifest, version, ...(await repository()), optionalDependencies: Object.fromEntries(servers) });
  await copyLicenses(folder);
  await npmPack(folder);
}

// Every project that says of itself that it is a package.
async function packLibraries() {
  for (const name of await readdir(join(root, "src"))) {
    const project = join(root, "src", name, `${name}.csproj`);
    if (!(await stat(project).catch(() => undefined))) continue;
    if ((await dotnet("msbuild", project, "-getProperty:IsPackable")).trim() !== "true") continue;
    await dotnet("pack", project, "--output", packages, "--artifacts-path", join(artifacts, "build/libraries"),
      ...common);
  }
}

// Of the runtime that a self-contained server has inside.
async function copyRuntimeLicenses(platform, folder) {
  await mkdir(folder, { recursive: true });
  const restored = join(artifacts, "build/npm-server/obj/MessagingServices.Server/project.assets.json");
  const assets = JSON.parse(await readFile(restored, "utf8"));
  const [cache] = Object.keys(assets.packageFolders);
  for (const { name, version: range } of assets.project.frameworks["net10.0"].downloadDependencies) {
    const pack = /^Microsoft\.(NETCore|AspNetCore)\.App\.Runtime\./.exec(name);
    if (!pack || !name.endsWith(`.${platform}`)) continue;
    const source = join(cache, name.toLowerCase(), range.slice(1).split(",")[0]);
    for (const file of (await readdir(source)).filter((found) => /^(license|third-?party-?notices)\.txt$/i.test(found)))
      await cp(join(source, file), join(folder, `${pack[1]}-${file}`));
  }
}

async function copyLicenses(folder) {
  await cp(join(root, "LICENSE"), join(folder, "LICENSE"));
}

function npmNameOf(platform) {
  return platform.replace("osx", "darwin");
}

// Where the repository is published, if it is: the origin may be a folder of this machine.
async function repository() {
  const url = (await run("git", ["-C", root, "remote", "get-url", "origin"]).catch(() => "")).trim();
  return /^(https|ssh|git):|^[^/]+@[^/]+:/.test(url) && { repository: { type: "git", url } };
}

async function npmPack(folder) {
  await run("npm", ["pack", "--loglevel=error", "--ignore-scripts", "--pack-destination", packages], folder);
}

async function writeJson(file, content) {
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
}

async function dotnet(...given) {
  return run("dotnet", given, root);
}

async function run(program, given, cwd) {
  try {
    return (await promisify(execFile)(program, given, { cwd, maxBuffer: 1 << 26 })).stdout;
  } catch (error) {
    error.message += `\n${error.stdout ?? ""}`;
    throw error;
  }
}

async function step(name, work) {
  const start = Date.now();
  await work().catch((error) => fail(`${name}: ${error.message}`));
  say(`  ${((Date.now() - start) / 1_000).toFixed(0).padStart(5)} s  ${name}`);
}

function say(text) {
  console.error(text);
}

function fail(message) {
  say(message);
  process.exit(1);
}
