using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>
/// Decides which noise enters where. For each site the nearest policy wins: of the stage, of the property that repeats its block, of the
/// block, of the network.
/// </summary>
internal sealed class NoisePolicy
{
    /// <summary>Where sigma can be given in quantizer steps, for messages.</summary>
    public const string StepsAllowed =
        "give it so for additive noise at the sites Activation and Pool of stages with an activation quantizer";

    private readonly SiteKinds _network;
    private readonly ProblemList _problems;

    private NoisePolicy(SiteKinds network, ProblemList problems) => (_network, _problems) = (network, problems);

    /// <param name="existing">The sites that the network's stages have.</param>
    public static NoisePolicy Of(NetworkDeclaration declaration, Sites existing, ProblemList problems)
    {
        SiteKinds network = new(
            $"Network '{declaration.Class.Name}'", Sites.Input | existing,
            attribute => new(Place.Network, attribute, nameof(NoNoiseAttribute.Sites)), problems);
        network.Read(declaration.Attributes);
        return new NoisePolicy(network, problems);
    }

    /// <summary>The kind of noise at the network's input; null for none.</summary>
    public NoiseKind? Input => _network.Kind(Sites.Input);

    /// <summary>The kinds of noise at a stage's sites.</summary>
    /// <param name="attributes">The stage's attributes.</param>
    public Func<Sites, NoiseKind?> OfStage(StageOperations stage, EquatableArray<AttributeDeclaration> attributes)
    {
        StageScope scope = stage.Scope;
        SiteKinds own = new(
            $"Stage '{stage.Name}'", stage.Sites, attribute => scope.At(stage.Index, attribute, nameof(NoNoiseAttribute.Sites)), _problems);
        own.Read(attributes);
        List<SiteKinds> nearest = [own];
        foreach (EquatableArray<AttributeDeclaration> policies in scope.Policies)
        {
            // A policy for all stages of a block need not apply to each of them.
            SiteKinds kinds = new($"The block of stage '{stage.Name}'", Sites.All, _ => scope.Use!.Value, _problems);
            kinds.Read(policies);
            nearest.Add(kinds);
        }

        nearest.Add(_network);
        return site => nearest.FirstOrDefault(kinds => kinds.Decides(site))?.Kind(site);
    }

    /// <summary>The noise attributes of one stage, block or network.</summary>
    private sealed class SiteKinds(string owner, Sites existing, Func<int, Place> place, ProblemList problems)
    {
        private readonly Dictionary<Sites, NoiseKind?> _kinds = [];

        /// <summary>Whether an attribute here names the site.</summary>
        public bool Decides(Sites site) => _kinds.ContainsKey(site);

        public NoiseKind? Kind(Sites site) => _kinds.TryGetValue(site, out NoiseKind? kind) ? kind : null;

        public void Read(EquatableArray<AttributeDeclaration> attributes)
        {
            foreach ((AttributeDeclaration.Noise noise, int index) in attributes.OfKind<AttributeDeclaration.Noise>())
                Add(noise.Sites, noise.Kind, index, DiagnosticIds.SiteTwice);

            foreach ((AttributeDeclaration.NoNoise none, int index) in attributes.OfKind<AttributeDeclaration.NoNoise>())
                Add(none.Sites, null, index, DiagnosticIds.NoiseAndNoNoise);
        }

        private void Add(Sites sites, NoiseKind? kind, int attribute, string idOfClash)
        {
            if (!AreLegal(sites, place(attribute))) return;
            if (kind is not null && NoUnit(kind, sites) is { } reason)
                problems.Add(DiagnosticIds.NoiseUnit, place(attribute), owner, Name(kind.Unit), reason, Allowed(kind.Unit));

            Sites[] wanted = [.. (sites & existing).Flags()];
            Sites clash = wanted.Where(Decides).Aggregate(Sites.None, (left, right) => left | right);
            if (clash != Sites.None) problems.Add(idOfClash, place(attribute), owner, Named(clash));
            foreach (Sites site in wanted) _kinds[site] = kind;
        }

        // Why sigma cannot be given in this unit; null if it can, as far as the attribute shows.
        private static string? NoUnit(NoiseKind kind, Sites sites)
        {
            const Sites Behind = Sites.Activation | Sites.Pool;
            return kind.Unit switch
            {
                SigmaUnit.Absolute => null,
                not (SigmaUnit.QuantizerStep or SigmaUnit.Range) => "there is no such unit",
                _ when kind.Struct.Scales => $"{kind.Struct.Name} noise scales the values, and a factor has no unit",
                SigmaUnit.QuantizerStep when (sites & ~Behind) != 0 =>
                    $"{Named(sites & ~Behind)} {((sites & ~Behind).Flags().Count() == 1 ? "is" : "are")} not behind a quantizer",
                _ => null,
            };
        }

        private static string Named(Sites sites) => $"the site{(sites.Flags().Count() == 1 ? "" : "s")} {sites.List()}";

        private static string Name(SigmaUnit unit) => unit switch
        {
            SigmaUnit.QuantizerStep => "quantizer steps",
            SigmaUnit.Range => "units of the site's range",
            _ => $"the unit {(int)unit}",
        };

        private static string Allowed(SigmaUnit unit) => unit switch
        {
            SigmaUnit.QuantizerStep => StepsAllowed,
            SigmaUnit.Range => "give it so for additive noise",
            _ => $"the units are {nameof(SigmaUnit.Absolute)}, {nameof(SigmaUnit.QuantizerStep)} and {nameof(SigmaUnit.Range)}",
        };

        // All means all existing sites; a site given by name must exist.
        private bool AreLegal(Sites sites, Place place)
        {
            Sites missing = sites & ~existing;
            if ((sites & ~Sites.All) != 0) problems.Add(DiagnosticIds.UnknownSite, place, owner, (int)sites, Sites.All.List());
            else if (sites == Sites.None) problems.Add(DiagnosticIds.NoSite, place, owner, existing.List());
            else if (sites != Sites.All && missing != 0)
                problems.Add(DiagnosticIds.SiteMissing, place, owner, missing.List(), existing.List());
            else return true;
            return false;
        }
    }
}
