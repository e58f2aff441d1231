using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NoiseGen;

/// <summary>
/// The midpoint noise level of a curve: the logistic function <c>A(σ) = A_c + (A_0 − A_c) / (1 + exp(k(log σ − log µ)))</c>, fitted to the
/// points by least squares in log σ with the accuracy of chance A_c fixed (the measure of arXiv 2501.14531).
/// </summary>
/// <param name="Mu">µ: where the accuracy is half-way between A_0 and chance, in the units of σ.</param>
/// <param name="StandardError">Standard error of µ from the scatter of the points about the fit, finite: a midpoint that the points do not
/// determine is not reported.</param>
/// <param name="Steepness">k, above 0.</param>
/// <param name="Plateau">A_0, the fit's accuracy towards σ = 0.</param>
/// <param name="Chance">A_c, the accuracy of guessing.</param>
/// <param name="Residual">Root mean square distance of the points from the fit, in units of accuracy.</param>
/// <param name="Crossing">For comparison: where straight lines in log σ between the points first fall through the half-way line of the
/// measured noise-free accuracy.</param>
public sealed record MidpointFit(
    double Mu, double StandardError, double Steepness, double Plateau, double Chance, double Residual, double Crossing)
{
    private const int FreeValues = 3;    // A_0, k and µ
    private const int FallingValues = 2; // k and µ, which the plateau says nothing of

    // The probability with which guessing may reach the noise-free accuracy. An experiment fits hundreds of curves: the usual 0.05 would
    // let some pass whose networks have learned nothing.
    private const double Significance = 0.001;

    // A level this close to plateau or chance says nothing about where the curve falls: it would take a million images to see it there.
    private const double Visible = 1e-6;

    /// <summary>The fitted accuracy at a noise level.</summary>
    /// <param name="sigma">Standard deviation, above 0.</param>
    public double At(double sigma) => Chance + (Plateau - Chance) / (1 + Math.Exp(Steepness * Math.Log(sigma / Mu)));

    /// <summary>Such as <c>µ = 0.250 ± 0.003 (k = 2.50)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"µ = {Mu:G3} ± {StandardError:G2} (k = {Steepness:G3})");

    /// <summary>Fits a curve, or says why it cannot be done.</summary>
    /// <param name="curve">The curve; the order of its points does not matter.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="reason">Why there is no fit.</param>
    public static bool TryFit(RobustnessCurve curve, [NotNullWhen(true)] out MidpointFit? fit, [NotNullWhen(false)] out string? reason)
    {
        RobustnessPoint[] points = [.. curve.Points.OrderBy(point => point.Sigma).ThenBy(point => point.Mean)];
        fit = null;
        reason = Malformed(curve, points) ?? NotAboveChance(curve) ?? NotHalfWay(curve, points);
        if (reason is not null) return false;

        double crossing = Crossings(points, curve.HalfWay).First();
        var logistic = LogisticFit.To(
            [.. points.Select(point => Math.Log(point.Sigma))], [.. points.Select(point => point.Mean)],
            curve.Chance, curve.NoiseFreeAccuracy, Math.Log(crossing));
        reason = NotDetermined(curve, points, logistic, crossing);
        if (reason is not null) return false;

        double mu = Math.Exp(logistic.Middle);
        fit = new MidpointFit(
            mu, mu * logistic.MiddleError, logistic.Steepness, logistic.Plateau, curve.Chance,
            Math.Sqrt(logistic.SquaredResiduals / points.Length), crossing);
        return true;
    }

    private static string? Malformed(RobustnessCurve curve, RobustnessPoint[] points)
    {
        if (curve.Classes < 2) return $"The curve has {curve.Classes} classes; there is something to tell apart where there are 2 or more.";
        foreach (RobustnessPoint point in points)
        {
            if (!Setting.IsPositive(point.Sigma))
                return Invariant($"A point has σ = {point.Sigma}; noise levels are finite numbers above 0.");
            if (!(point.Mean >= 0 && point.Mean <= 1))
                return Invariant($"The point at σ = {point.Sigma:G3} has the accuracy {point.Mean}; accuracies are 0 … 1.");
        }

        int levels = points.Select(point => point.Sigma).Distinct().Count();
        return levels > FreeValues
            ? null
            : $"The fit has {FreeValues} free values and needs points at {FreeValues + 1} different noise levels or more; there "
                + $"are {levels}.";
    }

    private static string? NotAboveChance(RobustnessCurve curve)
    {
        (string found, string chance) = (Percent.Of(curve.NoiseFreeAccuracy), Percent.Of(curve.Chance));
        if (!(curve.NoiseFreeAccuracy > curve.Chance && curve.NoiseFreeAccuracy <= 1))
            return $"The noise-free accuracy, {found}, is not above chance, {chance}: there is nothing that noise could take away.";
        if (curve.Images is not { } images) return null;
        int correct = (int)Math.Round(curve.NoiseFreeAccuracy * images);
        double probability = BinomialTest.UpperTail(correct, images, curve.Chance);
        return probability <= Significance ? null
            : $"The noise-free accuracy, {found}, cannot be told from chance, {chance}: "
                + Invariant($"guessing gets {correct:#,0} or more of {images:#,0} images right with a probability of {probability:G2}, ")
                + Invariant($"above {Significance} (one-sided binomial test).");
    }

    private static string? NotHalfWay(RobustnessCurve curve, RobustnessPoint[] points)
    {
        RobustnessPoint lowest = points.MinBy(point => point.Mean), highest = points.MaxBy(point => point.Mean);
        string halfWay =
            $"half-way between its noise-free value, {Percent.Of(curve.NoiseFreeAccuracy)}, and chance, {Percent.Of(curve.Chance)}";
        if (lowest.Mean >= curve.HalfWay)
            return $"The accuracy never falls below {Percent.Of(curve.HalfWay)}, {halfWay}: "
                + Invariant($"its lowest value is {Percent.Of(lowest.Mean)} at σ = {lowest.Sigma:G3}. Measure stronger noise.");
        if (highest.Mean <= curve.HalfWay)
            return $"The accuracy never rises above {Percent.Of(curve.HalfWay)}, {halfWay}: "
                + Invariant($"its highest value is {Percent.Of(highest.Mean)} at σ = {highest.Sigma:G3}. Measure weaker noise.");
        return Crossings(points, curve.HalfWay).Any()
            ? null
            : $"The accuracy rises with the noise and never falls through {Percent.Of(curve.HalfWay)}, {halfWay}.";
    }

    private static string? NotDetermined(RobustnessCurve curve, RobustnessPoint[] points, LogisticFit fit, double crossing)
    {
        (RobustnessPoint first, RobustnessPoint last) = (points[0], points[^1]);
        string near = Invariant($"The points cross the half-way line near σ = {crossing:G3}: measure more levels on both sides of it.");
        double mu = Math.Exp(fit.Middle);
        if (!(fit.Plateau > curve.Chance) || !(mu >= first.Sigma && mu <= last.Sigma))
        {
            return Invariant($"The fitted midpoint, σ = {mu:G3}, lies outside the measured levels, {first.Sigma:G3} … {last.Sigma:G3}. ")
                + near;
        }

        int falling = points.Select(point => point.Sigma).Distinct()
            .Count(sigma => !IsSettled(fit.Steepness * (Math.Log(sigma) - fit.Middle)));
        if (falling < FallingValues)
        {
            return $"The accuracy falls too steeply for the levels: {(falling == 0 ? "none of them lies" : "one of them alone lies")} "
                + $"between its plateau and chance, and k and µ need {FallingValues}. {near}";
        }

        // The error of log µ, compared with the whole measured range. NaN fails the comparison, too.
        return fit.MiddleError <= Math.Log((double)last.Sigma / first.Sigma)
            ? null
            : $"The points do not determine the midpoint: the standard error of log µ is {Number(fit.MiddleError)}, more than their whole "
                + $"range. {near}";
    }

    // Whether the argument is so far from 0 that the logistic function has reached one of its limits.
    private static bool IsSettled(double distance) => 1 / (1 + Math.Exp(Math.Abs(distance))) < Visible;

    private static string Number(double value) => double.IsFinite(value) ? Invariant($"{value:G2}") : "infinite";

    /// <summary>Where straight lines in log σ between the points fall through a level.</summary>
    private static IEnumerable<double> Crossings(RobustnessPoint[] points, double level) =>
        from pair in points.Zip(points.Skip(1), (left, right) => (left, right))
        where pair.left.Mean >= level && pair.right.Mean < level
        let fraction = (pair.left.Mean - level) / (pair.left.Mean - pair.right.Mean)
        select pair.left.Sigma * Math.Pow((double)pair.right.Sigma / pair.left.Sigma, fraction);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
