"""The database refuses a word that is none of a column's choices."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0019_kommentarer_i_ord'),
        ('rammeaftale', '0017_faelles_rapport'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='aftaletrin',
            constraint=models.CheckConstraint(condition=models.Q(('fra__in', ['kladde', 'embedsmandsudvalg', 'kkr_anbefalet', 'sendt', 'vedtaget', 'bortfaldet'])), name='aftaletrin_fra_kendt'),
        ),
        migrations.AddConstraint(
            model_name='aftaletrin',
            constraint=models.CheckConstraint(condition=models.Q(('til__in', ['kladde', 'embedsmandsudvalg', 'kkr_anbefalet', 'sendt', 'vedtaget', 'bortfaldet'])), name='aftaletrin_til_kendt'),
        ),
        migrations.AddConstraint(
            model_name='genstart',
            constraint=models.CheckConstraint(condition=models.Q(('grund__in', ['ikke_godkendt', 'afvist', 'beroert'])), name='genstart_grund_kendt'),
        ),
        migrations.AddConstraint(
            model_name='godkendelse',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['udvalg', 'godkendt', 'godkendt_med_bemaerkning', 'afvist'])), name='godkendelse_status_kendt'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('aendring__in', ['', 'redaktionel', 'nogle_parter', 'alle_parter'])), name='version_aendring_kendt'),
        ),
    ]
