using Xunit.Abstractions;
using Xunit.Sdk;

namespace TimeTagger.Api.Tests.Server;

/// <summary>
/// Says that a test, or a class of tests, cannot hold where the Functions host stands before the API (see
/// <see cref="HostUnderTest"/>), and why: the trait <c>NotUnder=functions</c>, by which it is left out there.
/// </summary>
/// <param name="because">What such a host does that the test does not allow for.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
[TraitDiscoverer("TimeTagger.Api.Tests.Server." + nameof(NotUnderDiscoverer), "TimeTagger.Api.Tests")]
public sealed class NotUnderFunctionsAttribute(string because) : Attribute, ITraitAttribute
{
    public string Because { get; } = because;
}

/// <summary>Turns <see cref="NotUnderFunctionsAttribute"/> into the trait; called by the test framework.</summary>
public sealed class NotUnderDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) =>
        [KeyValuePair.Create("NotUnder", "functions")];
}
