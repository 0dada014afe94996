#!/usr/bin/env bash
# Package:  System.CommandLine 2.0.15 (NuGet)
# Expected: `--tag @home` and `--tag=@home` give an option the same value, as for any other value.
# Seen:     a word that begins with @ is the name of a file of further words (by default, without asking): `--tag @home` is
#           an error where no file `home` lies, and a note `@words` becomes what the file `words` holds, split at its blanks.
#           `--tag=@home`, and whatever follows `--`, is taken as it stands.
# Matters:  tags, handles and contexts begin with @. It depends on how the value was joined, and on which files lie in the
#           folder where it was typed. ParserConfiguration.ResponseFileTokenReplacer = null switches it off.
set -euo pipefail
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="System.CommandLine" Version="[2.0.15]" /></ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using System.CommandLine;

File.WriteAllText("words", "call Anna\nback");
Show("--tag", "@home");
Show("--tag=@home");
Show("@words");
Show("--", "@words");

static void Show(params string[] typed)
{
    var tag = new Option<string>("--tag");
    var note = new Argument<string[]>("note") { Arity = ArgumentArity.ZeroOrMore };
    var read = new RootCommand { tag, note }.Parse(typed);
    var what = read.Errors.Count > 0
        ? read.Errors[0].Message
        : $"tag {read.GetValue(tag) ?? "none"}, note {(read.GetValue(note) is { Length: > 0 } words ? string.Join('|', words) : "none")}";
    Console.WriteLine($"{string.Join(' ', typed)} -> {what}");
}
CS

dotnet run > seen.txt
cat seen.txt
diff - seen.txt <<'TXT' && echo "As stated."
--tag @home -> Response file not found 'home'.
--tag=@home -> tag @home, note none
@words -> tag none, note call|Anna|back
-- @words -> tag none, note @words
TXT
