#!/usr/bin/env bash
# Package:  StandardWebhooks 1.1.2 (NuGet)
# Expected: the header webhook-signature may hold several signatures with blanks between, one for each secret in use while
#           the sender changes secrets; a message is good if any of them fits (so the Standard Webhooks specification).
# Seen:     Verify never tries the last of several: "other good" is refused, "good other" and "other good other" pass. With
#           a single signature the last one is tried.
# Matters:  a sender that changes secrets has to put the signature of the secret that receivers still know first, or they
#           refuse genuine messages for the whole time of the change, which is what the second signature is there to avoid.
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
  <ItemGroup>
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <PackageReference Include="StandardWebhooks" Version="[1.1.2]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using Microsoft.AspNetCore.Http;
using StandardWebhooks;

const string Id = "msg_1";
const string Body = """{"type":"record.changed"}""";
var now = DateTimeOffset.UtcNow;
var receiver = new StandardWebhook("whsec_" + Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()));
var newSecret = new StandardWebhook("whsec_" + Convert.ToBase64String(Enumerable.Repeat((byte)2, 32).ToArray()));
var good = receiver.Sign(Id, now, Body);
var other = newSecret.Sign(Id, now, Body);

Show("good", good);
Show("good other", good, other);
Show("other good", other, good);
Show("other good other", other, good, other);

void Show(string what, params string[] signatures)
{
    var headers = new HeaderDictionary
    {
        ["webhook-id"] = Id,
        ["webhook-timestamp"] = $"{now.ToUnixTimeSeconds()}",
        ["webhook-signature"] = string.Join(' ', signatures),
    };
    try
    {
        receiver.Verify(Body, headers);
        Console.WriteLine($"{what}: accepted");
    }
    catch (Exception e)
    {
        Console.WriteLine($"{what}: {e.GetType().Name}: {e.Message}");
    }
}
CS

dotnet run > seen.txt
cat seen.txt
diff - seen.txt <<'TXT' && echo "As stated."
good: accepted
good other: accepted
other good: WebhookVerificationException: No matching signature found
other good other: accepted
TXT
