using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NoiseGen;

/// <summary>
/// The midpoint noise level of a curve: the logistic function
/// <c>A(σ) = A_c + (A_0 − A_c) / (1 + exp(k(log σ − log µ)))</c>, fitted to the points by least squares in log σ with the accuracy of chance A_c fixed
/// (the measure of arXiv 2501.14531).
/// </summary>
/// <param name="Mu">µ: where the accuracy stands half-way between A_0 and chance, in the units of σ.</param>
/// <param name="StandardError">Standard error of µ from the scatter of the points about the fit; infinite where they do not determine it.</param>
/// <param name="Steepness">k, above 0.</param>
/// <param name="Plateau">A_0, the fit's accuracy towards σ = 0.</param>
/// <param name="Chance">A_c, the accuracy of guessing.</param>
/// <param name="Residual">Root mean square distance of the points from the fit, in units of accuracy.</param>
/// <param name="Crossing">For comparison: where straight lines in log σ between the points first fall through the half-way line of the measured noise-free accuracy.</param>
public sealed record MidpointFit(double Mu, double StandardError, double Steepness, double Plateau, double Chance, double Residual, double Crossing)
{
    private const int FreeValues = 3; // A_0, k and µ

    /// <summary>The fitted accuracy at a noise level.</summary>
    /// <param name="sigma">Standard deviation, above 0.</param>
    public double At(double sigma) => Chance + (Plateau - Chance) / (1 + Math.Exp(Steepness * Math.Log(sigma / Mu)));

    /// <summary>Such as <c>µ = 0.250 ± 0.003 (k = 2.50)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"µ = {Mu:G3} ± {StandardError:G2} (k = {Steepness:G3})");

    /// <summary>Fits a curve, or says why it cannot be done.</summary>
    /// <param name="curve">The curve; the order of its points does not matter.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="reason">What stands in the way.</param>
    public static bool TryFit(RobustnessCurve curve, [NotNullWhen(true)] out MidpointFit? fit, [NotNullWhen(false)] out string? reason)
    {
        RobustnessPoint[] points = [.. curve.Points.OrderBy(point => point.Sigma).ThenBy(point => point.Mean)];
        fit = null;
        reason = Malformed(points) ?? NotHalfWay(curve, points);
        if (reason is not null) return false;

        double crossing = Crossings(points, curve.HalfWay).First();
        var logistic = LogisticFit.To(
            [.. points.Select(point => Math.Log(point.Sigma))], [.. points.Select(point => point.Mean)],
            curve.Chance, curve.NoiseFreeAccuracy, Math.Log(crossing));

        double mu = Math.Exp(logistic.Middle);
        if (!(logistic.Plateau > curve.Chance) || !(mu >= points[0].Sigma && mu <= points[^1].Sigma))
        {
            reason = Invariant($"The fitted midpoint, σ = {mu:G3}, lies outside the measured levels, {points[0].Sigma:G3} … {points[^1].Sigma:G3}. ")
                + Invariant($"The points cross the half-way line near σ = {crossing:G3}: measure more levels on both sides of it.");
            return false;
        }

        fit = new MidpointFit(
            mu, mu * logistic.MiddleError, logistic.Steepness, logistic.Plateau, curve.Chance, Math.Sqrt(logistic.SquaredResiduals / points.Length), crossing);
        return true;
    }

    private static string? Malformed(RobustnessPoint[] points)
    {
        foreach (RobustnessPoint point in points)
        {
            if (!Setting.IsPositive(point.Sigma))
                return Invariant($"A point has σ = {point.Sigma}; noise levels are finite numbers above 0.");
            if (!(point.Mean >= 0 && point.Mean <= 1))
                return Invariant($"The point at σ = {point.Sigma:G3} has the accuracy {point.Mean}; accuracies are 0 … 1.");
        }

        int levels = points.Select(point => point.Sigma).Distinct().Count();
        return levels > FreeValues ? null : $"The fit has {FreeValues} free values and needs points at {FreeValues + 1} different noise levels or more; there are {levels}.";
    }

    private static string? NotHalfWay(RobustnessCurve curve, RobustnessPoint[] points)
    {
        if (!(curve.NoiseFreeAccuracy > curve.Chance && curve.NoiseFreeAccuracy <= 1))
            return Invariant($"The noise-free accuracy, {Percent(curve.NoiseFreeAccuracy)}, is not above chance, {Percent(curve.Chance)}: there is nothing that noise could take away.");

        RobustnessPoint lowest = points.MinBy(point => point.Mean), highest = points.MaxBy(point => point.Mean);
        string halfWay = $"half-way between its noise-free value, {Percent(curve.NoiseFreeAccuracy)}, and chance, {Percent(curve.Chance)}";
        if (lowest.Mean >= curve.HalfWay)
            return Invariant($"The accuracy never falls below {Percent(curve.HalfWay)}, {halfWay}: its lowest value is {Percent(lowest.Mean)} at σ = {lowest.Sigma:G3}. Measure stronger noise.");
        if (highest.Mean <= curve.HalfWay)
            return Invariant($"The accuracy never rises above {Percent(curve.HalfWay)}, {halfWay}: its highest value is {Percent(highest.Mean)} at σ = {highest.Sigma:G3}. Measure weaker noise.");
        return Crossings(points, curve.HalfWay).Any()
            ? null
            : $"The accuracy rises with the noise and never falls through {Percent(curve.HalfWay)}, {halfWay}.";
    }

    /// <summary>Where straight lines in log σ between the points fall through a level.</summary>
    private static IEnumerable<double> Crossings(RobustnessPoint[] points, double level) =>
        from pair in points.Zip(points.Skip(1), (left, right) => (left, right))
        where pair.left.Mean >= level && pair.right.Mean < level
        let fraction = (pair.left.Mean - level) / (pair.left.Mean - pair.right.Mean)
        select pair.left.Sigma * Math.Pow((double)pair.right.Sigma / pair.left.Sigma, fraction);

    private static string Percent(double accuracy) => Invariant($"{accuracy * 100:0.0} %");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
