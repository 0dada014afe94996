using Xunit.Abstractions;
using Xunit.Sdk;

namespace TimeTagger.Api.Tests.Handler;

/// <summary>
/// Says that a test, or a class of tests, cannot hold where the Functions host stands before the handler (see
/// <see cref="HostUnderTest"/>), and why: the traits <c>NotUnder=forwarding</c> and <c>NotUnder=proxying</c>, by which it is
/// left out there.
/// </summary>
/// <param name="shape"><c>forwarding</c>, <c>proxying</c>, or <see cref="AnyHost"/> for both.</param>
/// <param name="because">What such a host does that the test does not allow for.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
[TraitDiscoverer("TimeTagger.Api.Tests.Handler." + nameof(NotUnderDiscoverer), "TimeTagger.Api.Tests")]
public sealed class NotUnderAttribute(string shape, string because) : Attribute, ITraitAttribute
{
    public const string AnyHost = "any host";
    public const string Forwarding = "forwarding";
    public const string Proxying = "proxying";

    public string Shape { get; } = shape;

    public string Because { get; } = because;
}

/// <summary>Turns <see cref="NotUnderAttribute"/> into traits; called by the test framework.</summary>
public sealed class NotUnderDiscoverer : ITraitDiscoverer
{
    private static readonly string[] Shapes = [NotUnderAttribute.Forwarding, NotUnderAttribute.Proxying];

    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute)
    {
        ArgumentNullException.ThrowIfNull(traitAttribute);
        var shape = traitAttribute.GetNamedArgument<string>(nameof(NotUnderAttribute.Shape));
        return Shapes
            .Where(each => shape is NotUnderAttribute.AnyHost || shape == each)
            .Select(each => KeyValuePair.Create("NotUnder", each));
    }
}
