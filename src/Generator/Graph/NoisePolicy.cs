using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Parsing;

namespace NoiseGen.Generator.Graph;

/// <summary>Which noise enters where. The nearest policy wins, site by site: the stage's before the network's.</summary>
internal sealed class NoisePolicy
{
    private readonly SiteKinds _network;
    private readonly SiteKinds[] _stages;

    private NoisePolicy(SiteKinds network, SiteKinds[] stages) => (_network, _stages) = (network, stages);

    /// <summary>The kind of noise at a site of a stage, or of <see cref="Place.Network"/>; null for none.</summary>
    public NoiseKind? Kind(int stage, Sites site)
    {
        if (stage < 0) return _network.Kind(site);
        return _stages[stage].Decides(site) ? _stages[stage].Kind(site) : _network.Kind(site);
    }

    public static NoisePolicy Of(NetworkDeclaration declaration, StageOperations[] stages, ProblemList problems)
    {
        Sites all = stages.Aggregate(Sites.Input, (sites, stage) => sites | stage.Sites);
        SiteKinds network = new($"Network '{declaration.Class.Name}'", Place.Network, all, problems);
        network.Read(declaration.Attributes);
        return new NoisePolicy(network, [.. stages.Select(stage =>
        {
            SiteKinds kinds = new($"Stage '{stage.Name}'", stage.Index, stage.Sites, problems);
            kinds.Read(declaration.Stages[stage.Index].Attributes);
            return kinds;
        })]);
    }

    /// <summary>The noise attributes of one stage or network.</summary>
    private sealed class SiteKinds(string owner, int stage, Sites existing, ProblemList problems)
    {
        private readonly Dictionary<Sites, NoiseKind?> _kinds = [];

        /// <summary>Whether an attribute here speaks of the site.</summary>
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
            Place place = new(stage, attribute, nameof(NoNoiseAttribute.Sites));
            if (!AreLegal(sites, place)) return;

            Sites[] wanted = [.. (sites & existing).Flags()];
            Sites clash = wanted.Where(Decides).Aggregate(Sites.None, (left, right) => left | right);
            if (clash != Sites.None) problems.Add(idOfClash, place, owner, clash.List());
            foreach (Sites site in wanted) _kinds[site] = kind;
        }

        // All asks for whatever there is; a site that is named must exist.
        private bool AreLegal(Sites sites, Place place)
        {
            Sites missing = sites & ~existing;
            if ((sites & ~Sites.All) != 0) problems.Add(DiagnosticIds.UnknownSite, place, owner, (int)sites, Sites.All.List());
            else if (sites == Sites.None) problems.Add(DiagnosticIds.NoSite, place, owner, existing.List());
            else if (sites != Sites.All && missing != 0) problems.Add(DiagnosticIds.SiteMissing, place, owner, missing.List(), existing.List());
            else return true;
            return false;
        }
    }
}
