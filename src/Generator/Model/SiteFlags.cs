namespace NoiseGen.Generator.Model;

/// <summary>The flags of a set of sites.</summary>
internal static class SiteFlags
{
    private static readonly Sites[] InOrder = [Sites.Input, Sites.Linear, Sites.Norm, Sites.Sum, Sites.Activation, Sites.Pool];

    /// <summary>The sites one by one, in execution order.</summary>
    public static IEnumerable<Sites> Flags(this Sites sites) => InOrder.Where(site => (sites & site) != 0);

    /// <summary>The names of the sites, for a message.</summary>
    public static string List(this Sites sites) => sites == Sites.None ? "none" : string.Join(", ", sites.Flags());
}
