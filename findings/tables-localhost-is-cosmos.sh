#!/usr/bin/env bash
# Package:  Azure.Data.Tables 12.13.0 (NuGet)
# Expected: http://localhost:20002/account and http://127.0.0.1:20002/account are the same emulator on the same port, and
#           an upsert that merges is a PATCH to both.
# Seen:     the host `localhost` with any port but 10002 is taken for Cosmos DB: the merge goes out as a POST with the
#           header X-HTTP-Method: MERGE. By 127.0.0.1, or on port 10002, it is a PATCH.
# Matters:  a test that moves its emulator to a free port changes the protocol it tests. Whatever stands between and looks
#           at methods (a recorder, a proxy's rules, a stand-in for the service) sees another one than in production.
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
  <ItemGroup><PackageReference Include="Azure.Data.Tables" Version="[12.13.0]" /></ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using System.Net;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

foreach (var endpoint in new[] { "http://127.0.0.1:20002/me", "http://localhost:10002/me", "http://localhost:20002/me" })
{
    var wire = new Wire();
    var client = new TableClient(
        new Uri(endpoint),
        "notes",
        new TableSharedKeyCredential("me", Convert.ToBase64String(new byte[32])),
        new TableClientOptions { Transport = new HttpClientTransport(wire) }
    );
    await client.UpsertEntityAsync(new TableEntity("p", "r"), TableUpdateMode.Merge);
    Console.WriteLine($"{endpoint}: {wire.Asked}");
}

// Stands for the network: says yes to everything and remembers what it was asked.
sealed class Wire : HttpMessageHandler
{
    public string Asked = "nothing";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        Asked = request.Method.Method;
        if (request.Headers.TryGetValues("X-HTTP-Method", out var really))
        {
            Asked += $", X-HTTP-Method: {string.Join(", ", really)}";
        }
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
    }
}
CS

dotnet run > seen.txt
cat seen.txt
diff - seen.txt <<'TXT' && echo "As stated."
http://127.0.0.1:20002/me: PATCH
http://localhost:10002/me: PATCH
http://localhost:20002/me: POST, X-HTTP-Method: MERGE
TXT
