#!/usr/bin/env bash
# Package:  AngleSharp 1.10.3 (NuGet)
# Expected: a `srcset` may have white space before its commas as well as after them: "a.png 1x ,b.png 2x" names a.png and
#           b.png (after a descriptor the HTML standard skips white space and goes on to the comma, which ends it).
# Seen:     SourceSet.Parse gives the second address as ",b.png" where a blank stands before the comma and none after it.
# Matters:  who collects a page's pictures (to check links, to build an offline copy) asks for an address that is not there.
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
  <ItemGroup><PackageReference Include="AngleSharp" Version="[1.10.3]" /></ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using AngleSharp.Html;

foreach (var text in new[] { "a.png 1x,b.png 2x", "a.png 1x, b.png 2x", "a.png 1x ,b.png 2x" })
{
    Console.WriteLine($"{text}: {string.Join(" and ", SourceSet.Parse(text).Select(candidate => candidate.Url))}");
}
CS

dotnet run > seen.txt
cat seen.txt
diff - seen.txt <<'TXT' && echo "As stated."
a.png 1x,b.png 2x: a.png and b.png
a.png 1x, b.png 2x: a.png and b.png
a.png 1x ,b.png 2x: a.png and ,b.png
TXT
